import { STATUS_CODES } from 'node:http'
import { CDXIndexer, WARCRecord, WARCSerializer } from 'warcio'
import type { Exchange, Headers } from './exchange.ts'

/** Something that belongs to the archive and did not come over HTTP: the picture, the DOM, the facts. */
export interface Resource {
  readonly urn: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

export interface WarcParts {
  readonly at: string
  readonly software: string
  readonly exchanges: readonly Exchange[]
  /** Where each host answered from. */
  readonly addressOf: (url: string) => string | undefined
  readonly resources: readonly Resource[]
}

const version = 'WARC/1.1'

/** Writes a WARC 1.1 file (ISO 28500:2017), each record its own gzip member, all in memory: nothing lies open on disk. */
export async function writeWarc(parts: WarcParts): Promise<Buffer> {
  const records: WARCRecord[] = [
    WARCRecord.createWARCInfo(
      { warcVersion: version, date: parts.at, filename: 'data.warc.gz' },
      {
        software: parts.software,
        format: 'WARC File Format 1.1',
        conformsTo: 'http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
      },
    ),
    ...parts.exchanges.flatMap(exchange => pairOf(exchange, parts.addressOf(exchange.url))),
    ...parts.resources.map(({ urn, contentType, bytes }) =>
      WARCRecord.create(
        {
          type: 'resource',
          url: urn,
          date: parts.at,
          warcVersion: version,
          warcHeaders: { 'Content-Type': contentType },
        },
        [bytes],
      ),
    ),
  ]
  const written: Uint8Array[] = []
  for (const record of records) written.push(await WARCSerializer.serialize(record, { gzip: true }))
  return Buffer.concat(written)
}

/** The index of a WARC file, one CDXJ line a record, in order of its keys. */
export async function indexWarc(warc: Uint8Array): Promise<string> {
  const indexer = new CDXIndexer({ format: 'cdxj' })
  const lines: string[] = []
  for await (const line of indexer.iterIndex([{ filename: 'data.warc.gz', reader: chunks(warc) }]))
    lines.push(indexer.serialize(line))
  return lines.toSorted().join('')
}

function pairOf(exchange: Exchange, ip: string | undefined): WARCRecord[] {
  const common = { url: exchange.url, date: exchange.at, warcVersion: version } as const
  const response = WARCRecord.create(
    {
      ...common,
      type: 'response',
      statusline:
        `HTTP/1.1 ${exchange.status} ${exchange.statusText || (STATUS_CODES[exchange.status] ?? '')}`.trimEnd(),
      httpHeaders: entriesOf(decoded(exchange)),
      warcHeaders: {
        ...(ip === undefined ? {} : { 'WARC-IP-Address': ip }),
        ...(exchange.missing === null
          ? {}
          : { 'WARC-Truncated': exchange.missing === 'tooLarge' ? 'length' : 'unspecified' }),
      },
    },
    [exchange.body],
  )
  const { pathname, search } = new URL(exchange.url)
  const request = WARCRecord.create(
    {
      ...common,
      type: 'request',
      statusline: `${exchange.method} ${pathname}${search} HTTP/1.1`,
      httpHeaders: entriesOf(exchange.requestHeaders.filter(([name]) => !name.startsWith(':'))),
      warcHeaders: { 'WARC-Concurrent-To': response.warcHeader('WARC-Record-ID') ?? '' },
    },
    [exchange.requestBody ?? Buffer.alloc(0)],
  )
  return [response, request]
}

/**
 * The headers that fit the body as it is kept: without content and transfer coding, its length written anew.
 * The headers as they came stand in `capture.json`.
 */
function decoded(exchange: Exchange): Headers {
  const dropped = new Set(['content-encoding', 'transfer-encoding', 'content-length'])
  const kept = exchange.responseHeaders.filter(
    ([name]) => !dropped.has(name.toLowerCase()) && !name.startsWith(':'),
  )
  return [...kept, ['Content-Length', String(exchange.body.byteLength)]]
}

/** One line a header: a line break in a value would begin another. */
function entriesOf(headers: Headers): [string, string][] {
  return headers.map(([name, value]) => [name, value.replaceAll(/[\r\n]+/g, ' ')])
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const size = 64 * 1024
  for (let from = 0; from < bytes.byteLength; from += size) yield bytes.subarray(from, from + size)
}
