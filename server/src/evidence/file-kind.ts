/** A file begins with these bytes at this place (WHATWG MIME Sniffing, 6.1 and 6.2; AVIF and HEIF: ISO 23008-12). */
const marks: readonly [contentType: string, at: number, bytes: string][] = [
  ['image/jpeg', 0, 'ffd8ff'],
  ['image/png', 0, '89504e470d0a1a0a'],
  ['image/gif', 0, '47494638'],
  ['image/webp', 8, '57454250'],
  ['image/avif', 4, '6674797061766966'],
  ['image/avif', 4, '6674797061766973'],
  ['image/heic', 4, '6674797068656963'],
  ['image/heic', 4, '667479706d696631'],
  ['image/tiff', 0, '49492a00'],
  ['image/tiff', 0, '4d4d002a'],
  ['image/bmp', 0, '424d'],
  ['video/webm', 0, '1a45dfa3'],
  ['video/mp4', 4, '66747970'],
  ['video/mp4', 4, '6d6f6f76'],
  ['video/x-flv', 0, '464c5601'],
]

/** What a file is by its first bytes, whatever its server calls it; undefined where it is no picture and no video. */
export function fileKind(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 32)).toString('hex')
  return marks.find(([, at, mark]) => start.startsWith(mark, at * 2))?.[0]
}
