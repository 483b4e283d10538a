import { createConnection, type AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { openLog } from './log.ts'
import { openPost, replyAddress, replyToken, type Letter } from './mail.ts'

const log = openLog('silent')
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const letter: Letter = {
  to: 'abuse@host.example',
  replyTo: replyAddress('takedown@jikimi.example', 'TOKEN_of_a_notice'),
  subject: '삭제요청 [J-1]',
  text: '본문\n.\n..점으로 시작하는 줄\n',
  messageId: 'one@jikimi.example',
}

async function mailServer(onData: (raw: string) => Error | null): Promise<{ url: string; taken: string[] }> {
  const taken: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        const refusal = onData(raw)
        if (refusal === null) taken.push(raw)
        done(refusal)
      })
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise<void>(resolve => server.close(() => resolve())))
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, taken }
}
const postTo = (smtpUrl: string) =>
  openPost({ smtpUrl, mailFrom: 'takedown@jikimi.example', mailListen: undefined }, log, { silenceMs: 1000 })

test('a letter arrives whole, and its commit came before its dot', async () => {
  const order: string[] = []
  const server = await mailServer(() => (order.push('taken'), null))
  const handover = await postTo(server.url).send(letter, async () => void order.push('committed'))
  expect(handover.at).toBe('accepted')
  expect(order).toEqual(['committed', 'taken'])
  const read = await simpleParser(server.taken[0]!)
  expect(read).toMatchObject({ subject: letter.subject, messageId: '<one@jikimi.example>' })
  expect(read.text?.trim()).toBe(letter.text.trim())
})

test('a commit that fails before the dot lets nothing be sent', async () => {
  const server = await mailServer(() => null)
  const handover = await postTo(server.url).send(letter, async () => {
    throw new Error('the database is gone')
  })
  expect(handover.at).toBe('refused')
  expect(server.taken).toEqual([])
})

test('a mail server that refuses for now and one that refuses for good are told apart', async () => {
  const answer = (responseCode: number) => () => Object.assign(new Error('no'), { responseCode })
  const [busy, never] = [await mailServer(answer(451)), await mailServer(answer(550))]
  expect(await postTo(busy.url).send(letter, async () => {})).toMatchObject({ at: 'refused', isFinal: false })
  expect(await postTo(never.url).send(letter, async () => {})).toMatchObject({ at: 'refused', isFinal: true })
})

test('a connection that breaks after the dot leaves the letter unconfirmed: it is not sent again', async () => {
  const server = await mailServer(() => null)
  const { createServer } = await import('node:net')
  // A relay that cuts the connection as soon as the final dot has passed.
  const relay = createServer(client => {
    const onward = createConnection(Number(new URL(server.url).port), '127.0.0.1')
    onward.pipe(client)
    client.on('error', () => {})
    onward.on('error', () => {})
    client.on('data', chunk => {
      if (chunk.toString('latin1').endsWith('\r\n.\r\n'))
        onward.unpipe(client).end(chunk, () => client.destroy())
      else onward.write(chunk)
    })
  })
  await new Promise<void>(resolve => relay.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise<void>(resolve => relay.close(() => resolve())))
  const handover = await postTo(`smtp://127.0.0.1:${(relay.address() as AddressInfo).port}`).send(
    letter,
    async () => {},
  )
  expect(handover).toEqual({ at: 'unconfirmed' })
})

test('an answer is acknowledged only after it is kept; one that cannot be kept is to be sent again', async () => {
  let isBroken = true
  const kept: string[] = []
  const inbox = openPost(
    { smtpUrl: undefined, mailFrom: 'takedown@jikimi.example', mailListen: 'smtp://127.0.0.1:0' },
    log,
  )
  const listening = await inbox.listen(async (raw, recipients) => {
    if (isBroken) throw new Error('the database is gone')
    kept.push(`${recipients.join()} ${(await simpleParser(raw)).subject ?? ''}`)
  })
  closing.push(() => listening!.close())
  const post = postTo(`smtp://127.0.0.1:${listening!.port}`)
  const answer = { ...letter, to: letter.replyTo }
  expect(await post.send(answer, async () => {})).toMatchObject({ at: 'refused', isFinal: false })
  isBroken = false
  expect(await post.send(answer, async () => {})).toMatchObject({ at: 'accepted' })
  expect(kept).toEqual(['takedown+TOKEN_of_a_notice@jikimi.example 삭제요청 [J-1]'])
})

test('the token of a notice is found in the address to which its answer comes', () => {
  expect(replyToken(letter.replyTo)).toBe('TOKEN_of_a_notice')
  expect(replyToken('takedown@jikimi.example')).toBeUndefined()
})
