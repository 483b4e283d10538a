/**
 * A synthetic country on loopback: the product, and the world around it, with everything to try it out.
 *
 *   npm run demo               opens it and waits
 *   npm run demo -- --play     plays the whole story without a person; exit code 0 when it ends well
 *
 * Options: --speed N (how fast the product's time runs), --port N (of the product).
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { assemble, type Cast } from './cast.ts'
import { fillCountry } from './fill.ts'
import { openKeyRing } from './key-ring.ts'
import { openStudio } from './media/films.ts'
import { play, type Summary } from './play.ts'
import { startProduct, type Product } from './product.ts'
import { mainVictim, type Victim } from './victims.ts'
import { openWorld, type World } from './world.ts'

// A day of the product's in 3.5 seconds when it is played, in two minutes when somebody looks around.
const playSpeed = 25_000
const lookSpeed = 720

const { values } = parseArgs({
  options: {
    play: { type: 'boolean', default: false },
    speed: { type: 'string' },
    port: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log('npm run demo -- [--play] [--speed N] [--port N]')
} else {
  process.exitCode = await run()
}

async function run(): Promise<number> {
  const speed = Number(values.speed ?? (values.play ? playSpeed : lookSpeed))
  if (!(speed >= 1 && speed <= 1_000_000)) {
    console.error('--speed takes a number from 1 to 1,000,000.')
    return 2
  }
  const folder = resolve('.jikimi', 'demo')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await using world = await openWorld({ speed })
  const logFile = join(folder, 'product.log')
  const settings = {
    ...world.settings,
    JIKIMI_DATA: join(folder, 'data'),
    JIKIMI_CLOCK: clockAt(speed),
    ...(values.port === undefined && values.play ? {} : { JIKIMI_PORT: values.port ?? '8080' }),
  }
  console.log('Opening the demo…')
  const product = await startProduct({ settings, logFile, onStep: step => console.log(`  ${step}`) })
  world.reachProduct(product.mailPort)
  try {
    console.log('Posting fifty officers to eighteen agencies, inviting those who sign in…')
    const cast = await assemble(() => product.url, product.firstLink ?? '')
    return values.play ? await playThrough(product, world, cast, speed) : await stayOpen(product, world, cast)
  } finally {
    await product.stop()
  }
}

/** The product's clock: starts now, runs `speed` times as fast, and goes on so after a restart. */
function clockAt(speed: number): string {
  const now = new Date(performance.timeOrigin + performance.now()).toISOString()
  return `${now}@${now}@${speed}`
}

async function playThrough(product: Product, world: World, cast: Cast, speed: number): Promise<number> {
  const started = performance.now()
  await using studio = await openStudio()
  const summary = await play({ url: () => product.url, world, studio, cast, speed }, line =>
    console.log(line),
  )
  const tookS = Math.round((performance.now() - started) / 1000)
  tellSummary(summary, tookS)
  return isGood(summary) ? 0 : 1
}

function isGood(summary: Summary): boolean {
  return (
    summary.casesOpen === 0 &&
    summary.isLogSound &&
    summary.noticesReceivedTwice === 0 &&
    summary.removed + summary.blocked + summary.notTheirs === summary.addresses
  )
}

function tellSummary(summary: Summary, tookS: number): void {
  const median = summary.medianHoursToRemoval
  console.log(`
The story has ended after ${tookS} s.
  reports                   ${summary.reports}
  addresses found           ${summary.addresses}
  removed, verified         ${summary.removed}
  blocked                   ${summary.blocked} (${summary.blockedNames} names on the zone)
  not the victim's          ${summary.notTheirs}
  median time to removal    ${median === null ? 'none' : `${median.toFixed(1)} h of the product's time`}
  notices received          ${summary.noticesReceived}, twice: ${summary.noticesReceivedTwice}
  cases still open          ${summary.casesOpen}
  log                       ${summary.logEntries} entries, ${summary.isLogSound ? 'verified offline' : 'NOT SOUND'}`)
}

async function stayOpen(product: Product, world: World, cast: Cast): Promise<number> {
  await using studio = await openStudio()
  const victim = await mainVictim(() => product.url, world, studio, 7)
  const people = [cast.administrator, cast.leader, cast.detective, cast.colleague, cast.counsellor]
  const ring = await openKeyRing(people, { receipt: victim.receipt, url: product.url })
  tellPath(product, victim, ring.url, people)
  const stopping = new AbortController()
  const ended = new Promise<void>(done => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => (stopping.abort(), done()))
  })
  const filled = fillCountry(
    { url: () => product.url, world, cast, notTheirs: victim.notTheirs },
    stopping.signal,
  )
  await Promise.race([ended, filled.then(() => ended)])
  await filled.catch(() => {})
  await ring.close()
  return 0
}

function tellPath(
  product: Product,
  victim: Victim,
  ringUrl: string,
  people: readonly { title: string; email: string; password: string }[],
): void {
  const signIns = people.map(each => `  ${each.title.padEnd(14)} ${each.email.padEnd(32)} ${each.password}`)
  console.log(`
Portal   ${product.url}/
Console  ${product.url}/console/
One-time codes of all people, as their phones show them: ${ringUrl}

${signIns.join('\n')}
  victim         receipt ${victim.receipt}

A path in ten steps:
   1. Open the portal on a phone's width and begin a report; choose one of your own harmless pictures.
   2. Leave with Escape three times; nothing is left behind.
   3. Enter the victim's receipt above and see what has happened to each address.
   4. Write a message as the victim.
   5. Sign in to the console as the detective; the code is on the key ring.
   6. Answer the message; the case is the one in Seoul with eight addresses.
   7. Review what waits: blurred and grey; unblurring asks for a reason.
   8. Open a target: its notice, its clock, the answers, each look at the page.
   9. Request a block order; sign in as the colleague and approve it.
  10. Read the case's time line; as the administrator export the log and run: npm run jikimi -- verify FILE

A day passes in two minutes here; further cases arrive by themselves. Ctrl-C ends the demo.`)
}
