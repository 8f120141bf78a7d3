// Logcheck verifies a running transparency log with Go's own packages for such logs and nothing of this project: the checkpoint's signature
// with sumdb/note, the tree with sumdb/tlog, every entry, and proofs.
//
//	logcheck URL VERIFIERKEY [OLDKEY...]
//
// After a change of keys the new key alone will do; checkpoints of keys that were not given are counted and not opened.
//
// Exit 0: all of it holds. 1: something does not. 2: bad arguments.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8 // tlog-tiles: 256 hashes in a tile
	tileWidth  = 1 << tileHeight
	maxBody    = tileWidth * (2 + 1<<16)
	proofLimit = 300 // entries whose served proofs are read
)

var client = http.Client{Timeout: 30 * time.Second}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: logcheck URL VERIFIERKEY [OLDKEY...]")
		os.Exit(2)
	}
	if err := check(strings.TrimSuffix(os.Args[1], "/")+"/log/", os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "logcheck:", err)
		os.Exit(1)
	}
}

func check(prefix, vkey string, older []string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	tree, err := checkpoint(prefix, verifier)
	if err != nil {
		return err
	}

	reader := tlog.TileHashReader(tree, tiles{prefix})
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return fmt.Errorf("root: %w", err)
	}
	if root != tree.Hash {
		return fmt.Errorf("the tiles give the root %v, signed is %v", root, tree.Hash)
	}

	withheld, err := entries(prefix, tree, reader)
	if err != nil {
		return err
	}
	if err := proofs(prefix, verifier, tree, reader); err != nil {
		return err
	}
	verifiers := []note.Verifier{verifier}
	for _, key := range older {
		old, err := note.NewVerifier(key)
		if err != nil {
			return err
		}
		verifiers = append(verifiers, old)
	}
	old, unopened, err := past(prefix, verifiers, tree, reader)
	if err != nil {
		return err
	}
	fmt.Printf("ok: %s, %d entries, %d without text, root %v, %d earlier checkpoints, %d of other keys\n",
		verifier.Name(), tree.N, withheld, tree.Hash, old, unopened)
	return nil
}

// checkpoint opens the published note: the first three lines of its text are origin, size and root (tlog-checkpoint).
func checkpoint(prefix string, verifier note.Verifier) (tlog.Tree, error) {
	text, err := get(prefix + "checkpoint")
	if err != nil {
		return tlog.Tree{}, err
	}
	return open(text, verifier)
}

func open(signed []byte, verifiers ...note.Verifier) (tlog.Tree, error) {
	n, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint: %w", err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) < 4 || lines[0] != verifiers[0].Name() {
		return tlog.Tree{}, fmt.Errorf("checkpoint: origin %q is not the key's name", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return tlog.Tree{}, fmt.Errorf("checkpoint: size %q", lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint: root %q: %w", lines[2], err)
	}
	return tlog.Tree{N: size, Hash: root}, nil
}

// entries hashes every entry, holds it against the leaf that the tiles state, and builds the whole tree anew from those leaves: the
// TileHashReader of Go 1.19 does not authenticate every full tile that it reads.
func entries(prefix string, tree tlog.Tree, reader tlog.HashReader) (withheld int, err error) {
	var stored memory
	for start := int64(0); start < tree.N; start += tileWidth {
		width := tree.N - start
		if width > tileWidth {
			width = tileWidth
		}
		bundle, err := get(prefix + entriesPath(start/tileWidth, int(width)))
		if err != nil {
			return 0, err
		}
		indexes := make([]int64, width)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, start+int64(i))
		}
		leaves, err := reader.ReadHashes(indexes)
		if err != nil {
			return 0, err
		}
		for i, leaf := range leaves {
			if len(bundle) < 2 {
				return 0, fmt.Errorf("entry %d is missing", start+int64(i))
			}
			length := int(binary.BigEndian.Uint16(bundle))
			if len(bundle) < 2+length {
				return 0, fmt.Errorf("entry %d is cut off", start+int64(i))
			}
			entry := bundle[2 : 2+length]
			bundle = bundle[2+length:]
			switch {
			case tlog.RecordHash(entry) == leaf:
				if err := attributes(start+int64(i), entry); err != nil {
					return 0, err
				}
			case length == 0:
				withheld++
			default:
				return 0, fmt.Errorf("entry %d is not the one that was signed", start+int64(i))
			}
			hashes, err := tlog.StoredHashesForRecordHash(start+int64(i), leaf, stored)
			if err != nil {
				return 0, err
			}
			stored = append(stored, hashes...)
		}
		if len(bundle) > 0 {
			return 0, fmt.Errorf("%d bytes too many after entry %d", len(bundle), start+width-1)
		}
	}
	root, err := tlog.TreeHash(tree.N, stored)
	if err != nil {
		return 0, err
	}
	if root != tree.Hash {
		return 0, fmt.Errorf("the entries give the root %v, signed is %v", root, tree.Hash)
	}
	return withheld, nil
}

// memory holds hashes at their storage indexes.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, i := range indexes {
		if i >= int64(len(m)) {
			return nil, fmt.Errorf("hash %d is not stored", i)
		}
		hashes = append(hashes, m[i])
	}
	return hashes, nil
}

// attributes reads an entry as the CloudEvent that it is.
func attributes(index int64, entry []byte) error {
	var event struct {
		SpecVersion, ID, Source, Type, Subject, Sequence string
		Time                                             time.Time
		Data                                             map[string]any
	}
	if err := json.Unmarshal(entry, &event); err != nil {
		return fmt.Errorf("entry %d: %w", index, err)
	}
	if event.SpecVersion != "1.0" || event.ID == "" || event.Source == "" || event.Type == "" ||
		event.Subject == "" || event.Time.IsZero() || event.Data == nil {
		return fmt.Errorf("entry %d lacks an attribute", index)
	}
	if event.Sequence != fmt.Sprintf("%020d", index) {
		return fmt.Errorf("entry %d numbers itself %s", index, event.Sequence)
	}
	return nil
}

// proofs makes inclusion and consistency proofs from the tiles and checks them, and checks those that the server gives.
func proofs(prefix string, verifier note.Verifier, tree tlog.Tree, reader tlog.HashReader) error {
	step := tree.N/proofLimit + 1
	for i := int64(0); i < tree.N; i += step {
		leaf, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, i)})
		if err != nil {
			return err
		}
		proof, err := tlog.ProveRecord(tree.N, i, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, i, leaf[0]); err != nil {
			return fmt.Errorf("inclusion of %d: %w", i, err)
		}
		if err := served(prefix, verifier, i, leaf[0]); err != nil {
			return fmt.Errorf("served proof of %d: %w", i, err)
		}
	}
	for n := int64(1); n <= tree.N; n += step {
		old, err := tlog.TreeHash(n, reader)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveTree(tree.N, n, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, n, old); err != nil {
			return fmt.Errorf("consistency with %d: %w", n, err)
		}
	}
	return nil
}

// served checks one proof in the form of c2sp.org/tlog-proof@v1: a header, the index, hashes, an empty line, a checkpoint.
func served(prefix string, verifier note.Verifier, index int64, leaf tlog.Hash) error {
	text, err := get(fmt.Sprintf("%sproof/%d.tlog-proof", prefix, index))
	if err != nil {
		return err
	}
	head, signed, found := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("no tlog-proof@v1")
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	if len(lines) == 0 || lines[0] != fmt.Sprintf("index %d", index) {
		return fmt.Errorf("no line 'index %d'", index)
	}
	var proof tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	tree, err := open(signed, verifier)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf)
}

// past checks that the checkpoints which the log says it published are the beginnings of this one, and counts those of keys that are not
// known here.
func past(prefix string, verifiers []note.Verifier, tree tlog.Tree, reader tlog.HashReader) (opened, unopened int, err error) {
	text, err := get(prefix + "checkpoints")
	if err != nil {
		return 0, 0, err
	}
	var list struct {
		Items []struct {
			Size int64
			Root string
			Note string
		}
	}
	if err := json.Unmarshal(text, &list); err != nil {
		return 0, 0, err
	}
	for _, item := range list.Items {
		old, err := open([]byte(item.Note), verifiers...)
		var unknown *note.UnverifiedNoteError
		if errors.As(err, &unknown) {
			unopened++
			continue
		}
		opened++
		if err != nil {
			return 0, 0, err
		}
		if old.N != item.Size || base64.StdEncoding.EncodeToString(old.Hash[:]) != item.Root {
			return 0, 0, fmt.Errorf("the list says otherwise than the checkpoint of size %d", old.N)
		}
		if old.N > tree.N || old.N == 0 {
			continue
		}
		proof, err := tlog.ProveTree(tree.N, old.N, reader)
		if err != nil {
			return 0, 0, err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash); err != nil {
			return 0, 0, fmt.Errorf("checkpoint of size %d: %w", old.N, err)
		}
	}
	return opened, unopened, nil
}

// tiles reads hash tiles where tlog-tiles puts them: as sumdb does, but without the height in the path.
type tiles struct{ prefix string }

func (tiles) Height() int { return tileHeight }

func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
		hashes, err := get(t.prefix + path)
		if err != nil {
			return nil, err
		}
		read = append(read, hashes)
	}
	return read, nil
}

// entriesPath is the path of a bundle; sumdb calls the level "data".
func entriesPath(n int64, width int) string {
	path := tlog.Tile{H: tileHeight, L: -1, N: n, W: width}.Path()
	return strings.Replace(path, fmt.Sprintf("tile/%d/data/", tileHeight), "tile/entries/", 1)
}

func get(url string) ([]byte, error) {
	answer, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, answer.Status)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxBody+1))
	if err == nil && len(body) > maxBody {
		err = fmt.Errorf("%s: too much", url)
	}
	return body, err
}
