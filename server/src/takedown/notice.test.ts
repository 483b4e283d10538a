import { expect, test } from 'vitest'
import { newId } from '#platform/ids'
import { on } from '#platform/jobs'
import { openPost } from '#platform/mail'
import { Refusal } from '#platform/refusals'
import { openTrial, silentLog, staff, type Trial } from '#platform/trial'
import { due } from './due.ts'
import { openOne, openPlace, picture, pictureHost, room } from './given.ts'
import { jobs } from './jobs.ts'
import { handIn, notify, send } from './notice.ts'
import { directory } from './provider-store.ts'
import { addProvider, changeProvider } from './provider.ts'
import { receiveMail } from './reply.ts'
import type { NewProvider } from './schema.ts'
import { chooseChannel, listTargets, openTarget, readTarget, withdraw, withdrawReversed } from './target.ts'

const heard = async () => {}
const procedure = (
  ['case.opened', 'address.opened', 'case.closed', 'target.exhausted', 'target.settled'] as const
).map(event => on(event, 'blocking', heard))
const openDesk = () => openTrial({ procedure, jobs })
const desk = { mailFrom: 'takedown@jikimi.example' }
const know = (trial: Trial, channels: NewProvider['channels'], domains = ['host.example']) =>
  trial
    .as(room)
    .do(tx => addProvider(tx, { name: 'A host', kind: 'platform', country: 'KR', domains, channels }))
const mail = (address: string) => ({ type: 'mail' as const, address, language: 'ko' as const })
const url = (port: number) => `http://host.example:${port}/p/1`

/** A place with one host that shows the picture. */
async function given(trial: Trial) {
  const place = await openPlace(trial)
  const file = await picture(21)
  place.hosts.set(
    'host.example',
    pictureHost(
      () => true,
      () => file,
    ),
  )
  return { place, file }
}

test('a notice is asked for twice and sent once; so is a match that is confirmed twice', async () => {
  await using trial = await openDesk()
  const { place, file } = await given(trial)
  await using _ = place
  await know(trial, [mail('abuse@host.example')])
  const one = await openOne(trial, url(place.port), file)
  await place.settle()
  const again = {
    case: one.case,
    address: one.address,
    match: '00000000-0000-7000-8000-000000000000' as never,
  }
  expect(await trial.as(room).do(tx => openTarget(tx, again))).toBe(one.target)
  for (let count = 0; count < 2; count += 1) await trial.as(room).do(tx => notify(tx, one.target, desk))
  await place.settle()
  expect(place.sent).toHaveLength(1)
  expect((await one.read()).notices).toHaveLength(1)
})

test('killed between the dot and the commit: the notice is unconfirmed, not sent again, and tomorrow’s reminder makes up for it', async () => {
  await using trial = await openDesk()
  const { place, file } = await given(trial)
  await using _ = place
  await know(trial, [mail('abuse@host.example')])
  const one = await openOne(trial, url(place.port), file)
  await due(place.work)
  const climbing = (await trial.queued()).find(each => each.queue === 'takedown/climb')!
  await jobs.find(each => each.name === 'climb')!.run(place.work, climbing.payload)
  const notice = (await one.read()).notices[0]!.notice
  // The process dies after the mail server took the letter and before anything more is written.
  let commits = 0
  const dying = {
    ...place.work,
    act: (async verb => {
      if (++commits > 2) throw new Error('killed')
      return place.work.act(verb)
    }) as typeof place.work.act,
  }
  await expect(send.run(dying, { notice })).rejects.toThrow('killed')
  expect(place.sent).toHaveLength(1)
  await place.settle()
  expect(place.sent).toHaveLength(1)
  expect(await one.read()).toMatchObject({
    attention: 'unconfirmedNotice',
    notices: [{ state: 'unconfirmed' }],
  })
  await place.pass(24, 24)
  expect(place.sent).toHaveLength(2)
})

test('killed before the dot: nothing was sent, and the job that runs again sends it once', async () => {
  await using trial = await openDesk()
  const { place, file } = await given(trial)
  await using _ = place
  await know(trial, [mail('abuse@host.example')])
  const one = await openOne(trial, url(place.port), file)
  const climbing = (await trial.queued()).find(each => each.queue === 'takedown/climb')!
  await jobs.find(each => each.name === 'climb')!.run(place.work, climbing.payload)
  const notice = (await one.read()).notices[0]!.notice
  let commits = 0
  const dying = {
    ...place.work,
    act: (async verb => {
      if (++commits > 1) throw new Error('killed')
      return place.work.act(verb)
    }) as typeof place.work.act,
  }
  await expect(send.run(dying, { notice })).rejects.toThrow('killed')
  expect(place.sent).toHaveLength(0)
  await place.settle()
  expect(place.sent).toHaveLength(1)
})

test('without a mail server notices wait, and go out when there is one', async () => {
  await using trial = await openDesk()
  const { place, file } = await given(trial)
  await using _ = place
  await know(trial, [mail('abuse@host.example')])
  const post = place.world.post
  Object.assign(place.world, {
    post: openPost({ smtpUrl: undefined, mailFrom: desk.mailFrom, mailListen: undefined }, silentLog),
  })
  const one = await openOne(trial, url(place.port), file)
  await place.settle()
  expect(await one.read()).toMatchObject({
    state: 'noticed',
    noticedAt: null,
    notices: [{ state: 'queued' }],
  })
  Object.assign(place.world, { post })
  await place.pass(1)
  expect(place.sent).toHaveLength(1)
  expect(await one.read()).toMatchObject({ notices: [{ state: 'sent' }] })
})

test('a contact that the mail server refuses is left for the next one; without another, an officer is asked', async () => {
  await using trial = await openDesk()
  const { place, file } = await given(trial)
  await using _ = place
  place.refusing.set('old@host.example', 550)
  const provider = await know(trial, [mail('old@host.example'), mail('new@host.example')])
  const one = await openOne(trial, url(place.port), file)
  await place.settle()
  expect(place.sent.map(each => each.to)).toEqual(['new@host.example'])
  const report = Buffer.from(
    [
      'From: mailer-daemon@mx.example',
      'Subject: Undelivered',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=B',
      '',
      '--B',
      'Content-Type: text/plain',
      '',
      'It could not be delivered.',
      '--B',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      'Final-Recipient: rfc822; new@host.example',
      'Action: failed',
      'Status: 5.1.1',
      '--B',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${place.sent[0]!.messageId}`,
      '--B--',
    ].join('\r\n'),
  )
  await receiveMail({ database: trial.database, world: place.world }, report, ['takedown@jikimi.example'])
  await place.settle()
  expect(await one.read()).toMatchObject({
    state: 'awaitingChannel',
    attention: 'noChannel',
    replies: [{ kind: 'bounce' }],
  })
  const [{ channels }] = (await trial.as(room).see(tx => directory(tx, { limit: 10, after: undefined }))) as [
    Awaited<ReturnType<typeof directory>>[number],
  ]
  expect(channels.map(each => each.bouncedAt === null)).toEqual([false, false])
  await trial.as(room).do(tx => changeProvider(tx, provider, { addChannels: [mail('third@host.example')] }))
  await place.pass(25, 25)
  expect(place.sent.map(each => each.to)).toContain('third@host.example')
})

test('nobody is known: the target waits for an officer, whose choice sends the notice', async () => {
  await using trial = await openDesk()
  const { place, file } = await given(trial)
  await using _ = place
  const one = await openOne(trial, url(place.port), file)
  await place.settle()
  expect(await one.read()).toMatchObject({ state: 'awaitingChannel', attention: 'noChannel', provider: null })
  await expect(trial.as(room).do(tx => notify(tx, one.target, desk))).rejects.toThrow('takedown.noChannel')
  await know(trial, [mail('abuse@elsewhere.example')], [])
  const [known] = await trial.as(room).see(tx => directory(tx, { limit: 10, after: undefined }))
  await trial.as(room).do(tx => chooseChannel(tx, one.target, known!.channels[0]!.channel, desk))
  await place.settle()
  expect(place.sent.map(each => each.to)).toEqual(['abuse@elsewhere.example'])
})

test('a host with a form: an officer hands it in, and the clock runs from then', async () => {
  await using trial = await openDesk()
  const { place, file } = await given(trial)
  await using _ = place
  await know(trial, [{ type: 'form', address: 'https://host.example/report', language: 'ko' }])
  const one = await openOne(trial, url(place.port), file)
  await place.settle()
  const read = await one.read()
  expect(read).toMatchObject({
    state: 'noticed',
    attention: 'form',
    noticedAt: null,
    notices: [{ state: 'toHand', to: 'https://host.example/report' }],
  })
  await trial.as(room).do(tx => handIn(tx, read.notices[0]!.notice))
  expect(await one.read()).toMatchObject({ attention: null, notices: [{ state: 'sent' }] })
  expect(place.sent).toHaveLength(0)
})

test('an answer comes by mail to the address of its notice: asked for more, an officer answers with a new notice', async () => {
  await using trial = await openDesk()
  const { place, file } = await given(trial)
  await using _ = place
  await know(trial, [mail('abuse@host.example')])
  const one = await openOne(trial, url(place.port), file)
  await place.settle()
  const inbox = openPost(
    { smtpUrl: undefined, mailFrom: desk.mailFrom, mailListen: 'smtp://127.0.0.1:0' },
    silentLog,
  )
  const listening = (await inbox.listen((raw, to) =>
    receiveMail({ database: trial.database, world: place.world }, raw, to),
  ))!
  const theirs = openPost(
    { smtpUrl: `smtp://127.0.0.1:${listening.port}`, mailFrom: 'abuse@host.example', mailListen: undefined },
    silentLog,
  )
  const asked = {
    to: place.sent[0]!.replyTo,
    replyTo: 'abuse@host.example',
    subject: 'Re: request',
    text: '보완 요청: 첨부된 양식을 작성하여 주십시오.',
    messageId: 'a@host.example',
    headers: { 'Auto-Submitted': 'no' },
  }
  expect(await theirs.send(asked, async () => {})).toMatchObject({ at: 'accepted' })
  await listening.close()
  expect(await one.read()).toMatchObject({
    state: 'needsInfo',
    attention: 'needsInfo',
    replies: [{ kind: 'asksForMore' }],
  })
  await trial.as(room).do(tx => notify(tx, one.target, desk))
  await place.settle()
  expect(place.sent).toHaveLength(2)
  expect(await one.read()).toMatchObject({ state: 'noticed' })
})

test('a mail that answers no notice of ours changes nothing', async () => {
  await using trial = await openDesk()
  const { place } = await given(trial)
  await using _ = place
  const stray = Buffer.from('From: a@b.example\r\nSubject: hello\r\n\r\nIt has been removed.')
  await receiveMail({ database: trial.database, world: place.world }, stray, [
    'takedown+unknowntoken@jikimi.example',
  ])
  const { rows } = await trial.database.pool.query('select 1 from takedown.reply')
  expect(rows).toEqual([])
})

test('what is withdrawn is not sent, and a later step is refused', async () => {
  await using trial = await openDesk()
  const { place, file } = await given(trial)
  await using _ = place
  await know(trial, [mail('abuse@host.example')])
  const one = await openOne(trial, url(place.port), file)
  await trial.as(room).do(tx => withdraw(tx, one.target, 'victimsWish'))
  await place.settle()
  expect(place.sent).toHaveLength(0)
  expect(await one.read()).toMatchObject({ state: 'withdrawn' })
  await expect(trial.as(room).do(tx => notify(tx, one.target, desk))).rejects.toThrow('takedown.notNow')
})

test('a match is taken back: the target is withdrawn, its provider is put on the case, and another match begins anew', async () => {
  await using trial = await openDesk()
  const { place, file } = await given(trial)
  await using _ = place
  await know(trial, [mail('abuse@host.example')])
  const one = await openOne(trial, url(place.port), file)
  await place.settle()
  expect(place.sent).toHaveLength(1)
  const match = newId<'MatchId'>(trial.clock.now())
  const event = { case: one.case, match, address: one.address }
  for (let told = 0; told < 2; told += 1) await trial.as(room).do(tx => withdrawReversed(tx, event))
  expect(await one.read()).toMatchObject({ state: 'withdrawn' })
  const { rows } = await trial.database.pool.query(
    `select about, state from cases.matter where case_id = $1 and kind = 'target'`,
    [one.case],
  )
  expect(rows).toEqual([{ about: one.target, state: 'open' }])

  expect(await trial.as(room).do(tx => openTarget(tx, event))).toBe(one.target)
  await place.settle()
  expect(await one.read()).toMatchObject({ state: 'noticed', rung: 1, round: 2 })
  expect(place.sent).toHaveLength(2)
  // It was never gone, and the notice must not say so.
  expect(place.sent[1]!.text).not.toContain('다시 게시되었습니다')
})

test('a match is taken back before any notice: nothing goes out, and no provider has to be told', async () => {
  await using trial = await openDesk()
  const { place, file } = await given(trial)
  await using _ = place
  await know(trial, [mail('abuse@host.example')])
  const one = await openOne(trial, url(place.port), file)
  const match = newId<'MatchId'>(trial.clock.now())
  await trial.as(room).do(tx => withdrawReversed(tx, { case: one.case, match, address: one.address }))
  await place.settle()
  expect(place.sent).toHaveLength(0)
  const { rows } = await trial.database.pool.query(`select 1 from cases.matter where kind = 'target'`)
  expect(rows).toEqual([])
  // What the victim wants no more of stays withdrawn, whatever is confirmed.
  const other = await openOne(trial, url(place.port), file)
  await trial.as(room).do(tx => withdraw(tx, other.target, 'victimsWish'))
  await trial.as(room).do(tx => openTarget(tx, { case: other.case, match, address: other.address }))
  expect(await other.read()).toMatchObject({ state: 'withdrawn', round: 1 })
})

test('who is not on the team sees no target, of the same agency or another; all staff see the directory', async () => {
  await using trial = await openDesk()
  const { place, file } = await given(trial)
  await using _ = place
  await know(trial, [mail('abuse@host.example')])
  const officer = staff('officer')
  trial.team.push(officer)
  const one = await openOne(trial, url(place.port), file)
  await place.settle()
  const list = (who: ReturnType<typeof staff>) => trial.as(who).see(tx => listTargets(tx, { limit: 10 }))
  expect((await list(officer)).rows.map(row => row.target)).toEqual([one.target])
  for (const who of [
    staff('officer'),
    staff('leader'),
    staff('officer', 'busan'),
    staff('administrator', null),
    staff('commander', null),
  ]) {
    expect((await list(who)).rows).toEqual([])
    await expect(trial.as(who).see(tx => readTarget(tx, one.target))).rejects.toThrow('takedown.noTarget')
    await expect(trial.as(who).do(tx => notify(tx, one.target, desk))).rejects.toThrow('takedown.noTarget')
    expect(await trial.as(who).see(tx => directory(tx, { limit: 10, after: undefined }))).toHaveLength(1)
    for (const table of ['target', 'notice', 'reply', 'recheck'] as const)
      expect(
        await trial.as(who).see(tx => tx.db.selectFrom(`takedown.${table}`).select('id').execute()),
      ).toEqual([])
  }
})

test('a domain belongs to one provider', async () => {
  await using trial = await openDesk()
  const id = await know(trial, [mail('abuse@host.example')])
  await expect(know(trial, [])).rejects.toThrow('takedown.domainTaken')
  await expect(
    trial.as(room).do(tx => changeProvider(tx, '00000000-0000-7000-8000-000000000000' as never, {})),
  ).rejects.toBeInstanceOf(Refusal)
  await trial
    .as(room)
    .do(tx => changeProvider(tx, id, { name: 'Renamed', domains: ['other.example'], retireChannels: [] }))
  expect(await trial.as(room).see(tx => directory(tx, { limit: 10, after: undefined }))).toMatchObject([
    { name: 'Renamed', domains: ['other.example'] },
  ])
})
