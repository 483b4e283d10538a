import { createHash } from 'node:crypto'
import { zipSync, type Zippable } from 'fflate'
import { momentOf } from '#platform/time'

export interface Page {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly at: string
}

const utf8 = new TextEncoder()

/**
 * Packs a WARC file and its index as WACZ 1.1.1: a zip whose members are stored, not compressed, so that a
 * player reads records by their offset. Both spellings of the first page are written, 1.1.1's and 1.2's.
 */
export function packWacz(parts: { warc: Uint8Array; cdx: string; page: Page; software: string }): Uint8Array {
  const { page } = parts
  const files: readonly [path: string, bytes: Uint8Array][] = [
    ['archive/data.warc.gz', parts.warc],
    ['indexes/index.cdx', utf8.encode(parts.cdx)],
    ['pages/pages.jsonl', utf8.encode(pagesOf(page))],
  ]
  const described = utf8.encode(
    JSON.stringify(
      {
        profile: 'data-package',
        wacz_version: '1.1.1',
        title: page.url,
        software: parts.software,
        created: page.at,
        mainPageUrl: page.url,
        mainPageDate: page.at,
        home: page.url,
        resources: files.map(([path, bytes]) => ({
          name: path.slice(path.lastIndexOf('/') + 1),
          path,
          hash: digestOf(bytes),
          bytes: bytes.byteLength,
        })),
      },
      null,
      2,
    ),
  )
  const digest = utf8.encode(JSON.stringify({ path: 'datapackage.json', hash: digestOf(described) }))
  const all: readonly [string, Uint8Array][] = [
    ...files,
    ['datapackage.json', described],
    ['datapackage-digest.json', digest],
  ]
  const stored: Zippable = Object.fromEntries(all.map(([path, bytes]) => [path, [bytes, { level: 0 }]]))
  return zipSync(stored, { level: 0, mtime: momentOf(page.at) })
}

function pagesOf({ id, url, title, at }: Page): string {
  const head = { format: 'json-pages-1.0', id: 'pages', title: 'All Pages' }
  return `${JSON.stringify(head)}\n${JSON.stringify({ id, url, title, ts: at })}\n`
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
