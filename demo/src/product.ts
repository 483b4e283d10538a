/**
 * The product as an operator runs it: one process, started, stopped, or killed and started again. What it
 * says on its channel is where it listens and under which link the first administrator is made.
 *
 * @module
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { createWriteStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))
const startMs = 180_000

const Said = z.union([
  z.object({
    step: z.literal('ready'),
    port: z.number(),
    url: z.string(),
    firstLink: z.string().optional(),
    mailPort: z.number().optional(),
  }),
  z.object({ step: z.string() }),
])

export interface Product {
  readonly url: string
  /** Link for the first administrator; undefined once there is one. */
  firstLink: string | undefined
  readonly mailPort: number
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>
  /** Starts it again on the same data and the same ports. */
  startAgain(): Promise<void>
  /** Ends it in order. */
  stop(): Promise<void>
}

export interface ProductOptions {
  readonly settings: Readonly<Record<string, string>>
  readonly logFile: string
  readonly onStep?: (step: string) => void
}

/** Starts the product with `settings`; its log goes to a file. @throws Error when it does not come up */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const port = options.settings['JIKIMI_PORT'] ?? String(await freePort())
  const mailPort = await freePort()
  const settings = {
    ...options.settings,
    JIKIMI_PORT: port,
    JIKIMI_MAIL_LISTEN: `smtp://127.0.0.1:${mailPort}`,
  }
  let child = await launch({ ...options, settings })
  const product: Product = {
    url: child.url,
    firstLink: child.firstLink,
    mailPort,
    kill: () => ended(child.process, 'SIGKILL'),
    stop: () => ended(child.process, 'SIGTERM'),
    async startAgain() {
      child = await launch({ ...options, settings })
      product.firstLink = child.firstLink
    },
  }
  return product
}

async function launch(
  options: ProductOptions,
): Promise<{ process: ChildProcess; url: string; firstLink: string | undefined }> {
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...surroundings(), ...options.settings },
  })
  child.stderr?.pipe(createWriteStream(options.logFile, { flags: 'a' }))
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => (child.kill('SIGKILL'), fail()), startMs)
    const fail = () => {
      clearTimeout(late)
      reject(new Error(`The product did not start. Its log: ${options.logFile}`))
    }
    child.once('exit', fail)
    child.on('message', message => {
      const said = Said.parse(message)
      options.onStep?.(said.step)
      if (!('url' in said)) return
      clearTimeout(late)
      child.off('exit', fail)
      resolve({ process: child, url: said.url, firstLink: said.firstLink })
    })
  })
}

/** The environment without settings of this machine's own product, which is another one. */
function surroundings(): NodeJS.ProcessEnv {
  const isSetting = (name: string) => name.startsWith('JIKIMI_') || name === 'DATABASE_URL'
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isSetting(name)))
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise(resolve => {
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

/** A port of loopback that is free now. */
export function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
