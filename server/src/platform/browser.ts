/**
 * The browser that npm ships, or the one that the settings name: one process for one piece of work, thrown
 * away with it. It runs with our own arguments, in its sandbox wherever the kernel allows one, and reaches the
 * web only through the proxy that it is given.
 *
 * @module
 */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import { fontsFor, shippedBrowser, type Program } from './shipped-browser.ts'

export interface BrowserOptions {
  /** The way out. Without one the browser has none: nothing is resolved, nothing connected. */
  readonly proxy?: { readonly server: string; readonly username: string; readonly password: string }
  readonly log?: Log
}

// A machine under load takes seconds; beyond this the browser does not start at all.
const launchTimeoutMs = 30_000

// A proxy at the discard port (RFC 863), where nobody listens: a page without a way out stays without one.
const noWayOut = 'http://127.0.0.1:9'

/** Beside what Playwright gives, which switches off updates, sync, reporting and background networking. */
const switches = [
  '--disable-client-side-phishing-detection',
  '--disable-domain-reliability',
  '--no-pings',
  // Nothing goes round the proxy: no QUIC, no WebRTC by UDP, no DNS of the browser's own.
  '--disable-quic',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--disable-gpu',
  '--font-render-hinting=none',
]

/** Undefined until the first start has shown whether this machine allows the sandbox. */
let hasSandbox: boolean | undefined

/** Starts a browser; whoever asks for it closes it. */
export async function openBrowser(
  config: Pick<Config, 'browser'>,
  options: BrowserOptions = {},
): Promise<Browser> {
  const program = config.browser === undefined ? await shippedBrowser() : await ownBrowser(config.browser)
  if (hasSandbox !== undefined) return launch(program, options, hasSandbox)
  // Chromium refuses its sandbox to root, and some kernels and containers refuse it to everybody.
  if (process.getuid?.() === 0) return withoutSandbox(program, options, 'root')
  try {
    const browser = await launch(program, options, true)
    hasSandbox = true
    return browser
  } catch {
    return withoutSandbox(program, options, 'kernel')
  }
}

async function withoutSandbox(
  program: Program,
  options: BrowserOptions,
  reason: 'root' | 'kernel',
): Promise<Browser> {
  const browser = await launch(program, options, false)
  if (hasSandbox === undefined) options.log?.sandboxMissing({ reason })
  hasSandbox = false
  return browser
}

function launch(program: Program, options: BrowserOptions, chromiumSandbox: boolean): Promise<Browser> {
  return chromium.launch({
    executablePath: program.path,
    env: { ...environment(), ...program.env },
    args: switches,
    chromiumSandbox,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    timeout: launchTimeoutMs,
    proxy: options.proxy ?? { server: noWayOut },
  })
}

/** What the browser may know of our process: its settings, secrets among them, are not its business. */
function environment(): Record<string, string> {
  const known = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'XDG_RUNTIME_DIR']
  return Object.fromEntries(
    known.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}

let ownFonts: Promise<Readonly<Record<string, string>>> | undefined

async function ownBrowser(path: string): Promise<Program> {
  ownFonts ??= mkdtemp(join(tmpdir(), 'jikimi-fonts-')).then(async folder => {
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    return fontsFor(folder)
  })
  return { path, env: await ownFonts }
}
