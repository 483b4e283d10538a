/**
 * Unpacks the Chromium that npm ships, once for each user of the machine and version, with the libraries that
 * a bare Debian lacks and with a Korean font. Into a folder of our own and by rename: two processes that
 * start at once do not see each other's half, and nobody else on the machine can put a program there.
 *
 * @module
 */
import { createReadStream, createWriteStream, readFileSync } from 'node:fs'
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { extract } from 'tar-stream'
import { randomName } from './ids.ts'
import { sqliteStandIn, standInName } from './sqlite-stand-in.ts'

export interface Program {
  readonly path: string
  /** What its process needs beside the common environment. */
  readonly env: Readonly<Record<string, string>>
}

const require = createRequire(import.meta.url)
const libraries = 'lib'
const fonts = 'fonts'

let unpacked: Promise<Program> | undefined

/** The shipped browser, unpacked. @throws Error where the machine has none that it can run */
export function shippedBrowser(): Promise<Program> {
  unpacked ??= unpack().catch((error: unknown) => {
    unpacked = undefined
    throw error
  })
  return unpacked
}

/** Fontconfig's settings for a browser of the machine: it has its own fonts, and ours beside them. */
export async function fontsFor(folder: string): Promise<Readonly<Record<string, string>>> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'fonts.conf')
  await writeFile(path, fontSettings(folder))
  return { FONTCONFIG_FILE: path, FONTCONFIG_PATH: folder }
}

async function unpack(): Promise<Program> {
  // Its own face unpacks into the common temporary folder, where anyone may have put a program of that name.
  const bin = resolve(dirname(require.resolve('@sparticuz/chromium')), '..', 'bin')
  const { version } = JSON.parse(readFileSync(resolve(bin, '..', 'package.json'), 'utf8')) as {
    version: string
  }
  const home = await ownFolder()
  const folder = join(home, `chromium-${version}-${process.arch}`)
  if (!(await isThere(folder))) await place(bin, folder)
  await addStandIn(join(folder, libraries))
  return {
    path: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(folder, libraries), ...(process.env['LD_LIBRARY_PATH']?.split(':') ?? [])].join(
        ':',
      ),
      ...(await fontsFor(join(folder, fonts))),
    },
  }
}

async function place(bin: string, folder: string): Promise<void> {
  const waiting = `${folder}.${randomName()}`
  await mkdir(waiting, { mode: 0o700 })
  try {
    await Promise.all([
      pipeline(
        createReadStream(join(bin, 'chromium.br')),
        createBrotliDecompress(),
        createWriteStream(join(waiting, 'chromium'), { mode: 0o700 }),
      ),
      untar(join(bin, 'al2023.tar.br'), waiting),
      untar(join(bin, 'swiftshader.tar.br'), waiting),
      untar(join(bin, 'fonts.tar.br'), join(waiting, fonts)),
    ])
    await rename(waiting, folder)
  } catch (error) {
    await rm(waiting, { recursive: true, force: true })
    // Another process was faster: its copy is as good as ours.
    if (!(await isThere(folder))) throw error
  }
}

/** Without it the browser ends at the first secure address, on a machine that has no SQLite. */
async function addStandIn(folder: string): Promise<void> {
  const path = join(folder, standInName)
  if (await isThere(path)) return
  const waiting = `${path}.${randomName()}`
  await writeFile(waiting, sqliteStandIn(process.arch), { mode: 0o600 })
  await rename(waiting, path)
}

async function untar(path: string, into: string): Promise<void> {
  const entries = extract()
  const reading = pipeline(createReadStream(path), createBrotliDecompress(), entries)
  for await (const entry of entries) {
    const target = join(into, entry.header.name)
    if (entry.header.type === 'file' && target.startsWith(`${into}/`)) {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await pipeline(entry, createWriteStream(target, { mode: entry.header.mode ?? 0o600 }))
    } else entry.resume()
  }
  await reading
}

/** A folder under the temporary one that is ours alone. @throws Error when somebody else has taken its name */
async function ownFolder(): Promise<string> {
  const { uid } = userInfo()
  const folder = join(tmpdir(), `jikimi-browser-${uid}`)
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const found = await lstat(folder)
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o022) !== 0)
    throw new Error(
      'The folder of the browser belongs to somebody else. Set JIKIMI_BROWSER, or another TMPDIR.',
    )
  return folder
}

function isThere(folder: string): Promise<boolean> {
  return lstat(folder).then(
    () => true,
    () => false,
  )
}

/** Families that Korean pages ask for by name, on machines that do not have them. */
const koreanFamilies = [
  'Malgun Gothic',
  '맑은 고딕',
  'Dotum',
  '돋움',
  'Gulim',
  '굴림',
  'Batang',
  '바탕',
  'Apple SD Gothic Neo',
  'Noto Sans KR',
]

function fontSettings(folder: string): string {
  const pretendard = dirname(require.resolve('pretendard/dist/public/variable/PretendardVariable.ttf'))
  const same = koreanFamilies
    .map(
      family =>
        `<alias binding="same"><family>${family}</family><accept><family>Pretendard Variable</family></accept></alias>`,
    )
    .join('\n')
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>${escaped(pretendard)}</dir>
<dir>${escaped(folder)}</dir>
<cachedir>${escaped(join(folder, 'cache'))}</cachedir>
${same}
<alias binding="strong"><family>sans-serif</family><prefer><family>Pretendard Variable</family></prefer></alias>
<alias binding="strong"><family>system-ui</family><prefer><family>Pretendard Variable</family></prefer></alias>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
</fontconfig>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
