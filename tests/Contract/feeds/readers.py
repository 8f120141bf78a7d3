"""Reads the feeds with readers that others wrote: feedparser, icalendar and newsboat.

Standard input: {"base": "http://...", "feeds": ["/feeds/..."], "calendar": "/feeds/..."}.
Standard output: what each made of them, as JSON; it is the test that judges.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request

import feedparser
import icalendar

order = json.load(sys.stdin)
base = order["base"]


def fetch(path):
    with urllib.request.urlopen(base + path, timeout=30) as answer:
        return answer.read()


def parsed(path):
    feed = feedparser.parse(fetch(path), response_headers={"content-type": "application/atom+xml; charset=utf-8"})
    return {
        "bozo": bool(feed.bozo),
        "why": str(feed.get("bozo_exception", "")),
        "version": feed.version,
        "language": feed.feed.get("language"),
        "title": feed.feed.title,
        "id": feed.feed.id,
        "links": [link.rel for link in feed.feed.links],
        "entries": [{"id": e.id, "title": e.title, "content": e.content[0].value} for e in feed.entries],
    }


def boat(path):
    """Newsboat, as a person starts it, with an empty home. One feed at a time: it keeps an entry that stands in two feeds once."""
    with tempfile.TemporaryDirectory() as home:
        urls, cache, config = (os.path.join(home, name) for name in ("urls", "cache", "config"))
        with open(urls, "w", encoding="utf-8") as file:
            file.write(f"{base}{path}\n")
        open(config, "w", encoding="utf-8").close()
        command = ["newsboat", "-u", urls, "-c", cache, "-C", config, "-x", "reload"]
        environment = {"HOME": home, "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        subprocess.run(command, check=True, timeout=60, env=environment, stdin=subprocess.DEVNULL, capture_output=True)
        database = sqlite3.connect(cache)
        return {
            "title": (database.execute("select title from rss_feed").fetchone() or [None])[0],
            "entries": [row[0] for row in database.execute("select title from rss_item order by id")],
        }


calendar = icalendar.Calendar.from_ical(fetch(order["calendar"]))
print(
    json.dumps(
        {
            "feedparser": {path: parsed(path) for path in order["feeds"]},
            "newsboat": {path: boat(path) for path in order["feeds"]},
            "icalendar": {
                "name": str(calendar.get("name")),
                "events": [
                    {
                        "uid": str(event["uid"]),
                        "summary": str(event["summary"]),
                        "day": event.decoded("dtstart").isoformat(),
                        "sequence": int(event["sequence"]),
                        "status": str(event["status"]),
                    }
                    for event in calendar.walk("VEVENT")
                ],
            },
        }
    )
)
