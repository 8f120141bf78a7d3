// Reads the feeds with readers that others wrote. Standard input: {"base": "http://…", "query": "municipality=…", "last": <index of the last entry>}.
// Standard output: what each reader made of them, as JSON; it is the test that judges.
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { HTTP } from 'cloudevents'
import { EventSource } from 'eventsource'
import { readFileSync } from 'node:fs'
import { parseAtomFeed, parseJsonFeed } from 'feedsmith'
import ICAL from 'ical.js'

const { base, query, last } = JSON.parse(readFileSync(0, 'utf8'))
const get = async (path) => {
  const answer = await fetch(base + path, { signal: AbortSignal.timeout(30_000) })
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
  return answer
}

const atom = parseAtomFeed(await (await get(`/feeds/changes.atom?${query}`)).text())
const json = await (await get(`/feeds/changes.json?${query}`)).json()
const parsed = parseJsonFeed(json)
const ajv = new Ajv({ strict: true, allErrors: true })
addFormats(ajv)
const schema = JSON.parse(readFileSync(new URL('jsonfeed-1.1.schema.json', import.meta.url), 'utf8'))
const isValid = ajv.validate(schema, json)

const calendar = new ICAL.Component(ICAL.parse(await (await get('/feeds/deadlines.ics')).text()))
const deadlines = calendar.getAllSubcomponents('vevent').map((c) => new ICAL.Event(c))

const batch = []
for (let next = '/api/v1/events?after=-1&limit=100'; next; ) {
  const answer = await get(next)
  const headers = Object.fromEntries(answer.headers)
  const body = await answer.text()
  if (body !== '[]') batch.push(...HTTP.toEvent({ headers, body }))
  next = headers.link?.match(/<([^>]*)>; rel="next"/)?.[1]
}

const heard = await new Promise((resolve, reject) => {
  const events = []
  const source = new EventSource(`${base}/feeds/stream?after=-1`)
  const patience = setTimeout(() => reject(new Error(`only ${events.length} events`)), 30_000)
  source.onmessage = (message) => {
    events.push({ index: Number(message.lastEventId), id: JSON.parse(message.data).id })
    if (events.at(-1).index === last) {
      clearTimeout(patience)
      source.close()
      resolve(events)
    }
  }
})

process.stdout.write(
  JSON.stringify({
    atom: {
      id: atom.id,
      title: atom.title,
      links: atom.links.map((l) => l.rel),
      entries: atom.entries.map((e) => ({ id: e.id, title: e.title?.value ?? e.title, content: e.content?.value ?? e.content, updated: e.updated })),
    },
    json: {
      faults: isValid ? [] : ajv.errors,
      title: parsed.title,
      items: parsed.items.map((i) => ({ id: i.id, title: i.title })),
      indexes: json.items.map((i) => i._zusagenbuch.index),
    },
    calendar: deadlines.map((d) => ({ uid: d.uid, summary: d.summary, day: d.startDate.toString(), sequence: d.sequence, status: d.component.getFirstPropertyValue('status') })),
    batch: batch.map((e) => ({ id: e.id, type: e.type, sequence: e.sequence, subject: e.subject })),
    heard,
  }),
  () => process.exit(0),
)
