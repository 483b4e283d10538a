/**
 * Those who report in the demo: what they file, and what they read afterwards with their receipt.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { furnish, keysOfReceipt, newReceipt, proveWork, sealLetter } from '@jikimi/seal/mailbox'
import type { HostName } from './hosts/cast.ts'
import { ofFilm, ofPicture } from './media/fingerprints.ts'
import type { Studio } from './media/films.ts'
import { copyOf, landscape, type Copy } from './media/pictures.ts'
import { personAt, type Person } from './person.ts'
import type { World } from './world.ts'

export interface Told {
  readonly caseState: string
  readonly unread: number
  readonly addresses: readonly {
    readonly canonical: string
    readonly now: string
    readonly steps: readonly { readonly step: string; readonly at: string }[]
  }[]
}

export interface Victim {
  readonly person: Person
  readonly receipt: string
  /** Addresses filed with the report. */
  readonly filed: readonly string[]
  told(): Promise<Told>
}

interface Filing {
  readonly concern: string
  readonly story: string
  readonly region: string | null
  readonly wantsWoman: boolean
  readonly addresses: readonly string[]
  readonly fingerprints: readonly object[]
}

/** Comes back with a receipt, as the portal does: the digits stay here, their token is tried after some work. */
export async function enter(person: Person, receipt: string): Promise<void> {
  const { token } = await keysOfReceipt(receipt)
  const asked = await person.post<{ challenge: string; bits: number }>('/receipt-challenges')
  const found = await proveWork(asked.challenge, asked.bits)
  await person.post('/receipt-sessions', { token, work: { challenge: asked.challenge, found } })
}

/** Files a report as the portal does, sealed, under one key, however often it must be sent. */
export async function file(url: () => string, filing: Filing): Promise<Victim> {
  const person = personAt(url)
  const receipt = newReceipt()
  const { unit } = await person.get<{ unit: string }>('/mailbox-key')
  const { mailbox } = await furnish(receipt, '', unit)
  await person.post(
    '/reports',
    {
      language: 'ko',
      relation: 'self',
      ageUnder18: false,
      contact: { way: 'receiptOnly' },
      ...filing,
      mailbox,
      story: await sealLetter(filing.story, [mailbox.team, mailbox.own]),
    },
    { 'idempotency-key': randomUUID() },
  )
  return { person, receipt, filed: filing.addresses, told: () => person.get<Told>('/report') }
}

const scenes = 6

/** Where each of the main victim's copies lies, and how it was changed on its way. */
const copiesOf: readonly (readonly [HostName, 'film' | Copy])[] = [
  ['bright-board.example', 'encodedAgain'],
  ['free-for-all.example', 'mirrored'],
  ['silent-videos.example', 'film'],
  ['again-again.example', 'encodedAgain'],
  ['old-forum.example', 'smaller'],
  ['picture-wall.example', 'encodedAgain'],
  ['formal-portal.example', 'smaller'],
]

/** The victim of the story: a picture and a film, on every kind of host, and one address that is not theirs. */
export async function mainVictim(
  url: () => string,
  world: World,
  studio: Studio,
  seed: number,
): Promise<Victim & { readonly notTheirs: string }> {
  const picture = await landscape(seed)
  const film = await studio.film(seed, scenes, 500_000)
  const addresses: string[] = []
  for (const [host, how] of copiesOf)
    addresses.push(world.publish(host, '구름 낀 언덕', how === 'film' ? film : await copyOf(picture, how)))
  const notTheirs = world.publish('bright-board.example', '다른 풍경', await landscape(seed + 500_000))
  const victim = await file(url, {
    concern: 'leak',
    story: '헤어진 사람이 사진과 영상을 여러 곳에 올렸습니다. (시연용 이야기)',
    region: 'seoul',
    wantsWoman: true,
    addresses: [...addresses, notTheirs],
    fingerprints: [await ofPicture(picture), await ofFilm(seed, scenes)],
  })
  return { ...victim, notTheirs }
}

/** A report about one picture on a few hosts. */
export async function smallVictim(
  url: () => string,
  world: World,
  about: {
    readonly seed: number
    readonly region: string
    readonly hosts: readonly HostName[]
    readonly concern?: string
  },
): Promise<Victim> {
  const picture = await landscape(about.seed)
  const addresses: string[] = []
  for (const host of about.hosts)
    addresses.push(
      world.publish(
        host,
        '풍경',
        await copyOf(picture, addresses.length % 2 === 0 ? 'encodedAgain' : 'smaller'),
      ),
    )
  return file(url, {
    concern: about.concern ?? 'leak',
    story: '아는 사람이 알려 주어 알게 되었습니다. (시연용 이야기)',
    region: about.region,
    wantsWoman: about.seed % 3 === 0,
    addresses,
    fingerprints: [await ofPicture(picture)],
  })
}
