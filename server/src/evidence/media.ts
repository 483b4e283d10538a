import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { Page } from 'playwright-core'
import { fileKind } from './file-kind.ts'
import type { Exchange } from './exchange.ts'

/** A picture or video of the page. */
export interface Medium {
  readonly url: string
  readonly contentType: string
  readonly bytes: Buffer
  readonly kind: 'picture' | 'video'
  /** Pixels of a picture: the order in which they are kept. */
  readonly area: number
}

export const mediaMax = 30
// Below this side a picture is an icon, a spacer or a face beside a comment.
export const sideMin = 64
// Above this many pixels a decoder would take more memory than a worker has; the bytes are in the archive all the same.
export const pixelsMax = 100_000_000
const framesOfPageMax = 50
const namedMax = 300

/** Addresses of videos that the page names, whether or not the browser has fetched them. */
export async function namedVideos(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const frame of page.frames().slice(0, framesOfPageMax)) {
    const named = await frame.evaluate(videosNamed, namedMax).catch((): string[] => [])
    found.push(...named)
  }
  return [...new Set(found)].filter(url => /^https?:/.test(url)).slice(0, mediaMax)
}

/** Runs in the page. */
function videosNamed(max: number): string[] {
  const videos = [
    ...document.querySelectorAll<HTMLVideoElement | HTMLSourceElement>('video, video source'),
  ].slice(0, max)
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href]')]
    .filter(link => /\.(mp4|webm|mov|m4v)$/i.test(link.pathname))
    .slice(0, max)
  return [
    ...videos.flatMap(video => [video.src, 'currentSrc' in video ? video.currentSrc : '']),
    ...links.map(link => link.href),
  ].filter(url => url !== '')
}

/** The pictures and videos among what was fetched: videos first, then pictures from the largest, each once. */
export async function mediaOf(exchanges: readonly Exchange[]): Promise<Medium[]> {
  const seen = new Set<string>()
  const found: Medium[] = []
  for (const { url, status, body } of exchanges) {
    if (status < 200 || status > 299 || body.byteLength === 0) continue
    const contentType = fileKind(body)
    if (contentType === undefined) continue
    const content = createHash('sha256').update(body).digest('hex')
    if (seen.has(content)) continue
    seen.add(content)
    if (contentType.startsWith('video/'))
      found.push({ url, contentType, bytes: body, kind: 'video', area: 0 })
    else {
      const area = await areaOf(body)
      if (area > 0) found.push({ url, contentType, bytes: body, kind: 'picture', area })
    }
  }
  const order = (medium: Medium) => (medium.kind === 'video' ? Number.POSITIVE_INFINITY : medium.area)
  return found
    .toSorted((one, other) => (order(one) === order(other) ? 0 : order(other) - order(one)))
    .slice(0, mediaMax)
}

async function areaOf(bytes: Buffer): Promise<number> {
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: pixelsMax }).metadata()
    return width >= sideMin && height >= sideMin ? width * height : 0
  } catch {
    return 0
  }
}
