/**
 * Mail both ways. Sending: the message is handed over whole but for its final dot; then `beforeDot` commits
 * "it goes out now"; only then the dot is sent. A process killed before that has sent nothing, one killed
 * after it does not send again: a notice never goes out twice. Receiving: an answer is acknowledged (250) only
 * after it is durable.
 *
 * @module
 */
import { Readable } from 'node:stream'
import type { AddressInfo } from 'node:net'
import { createTransport } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { SMTPServer } from 'smtp-server'
import type { Config } from './config.ts'
import { faultOf, type Log } from './log.ts'
import { stopwatch } from './time.ts'

export interface Letter {
  readonly to: string
  readonly replyTo: string
  readonly subject: string
  readonly text: string
  /** Without angle brackets. Made once and kept, so that an answer finds its notice. */
  readonly messageId: string
  readonly inReplyTo?: string
  readonly references?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
  readonly attachments?: readonly { filename: string; contentType: string; content: string | Uint8Array }[]
}

export type Handover =
  /** The mail server said 250. */
  | { readonly at: 'accepted'; readonly answer: string }
  /** Refused before the dot went out: nothing was sent. `isFinal`: the server will not take it later either. */
  | { readonly at: 'refused'; readonly isFinal: boolean; readonly answer: string }
  /** The dot went out and no answer came: it may have been sent, and is not sent again. */
  | { readonly at: 'unconfirmed' }

export interface Post {
  /** False where no mail server is set: notices wait. */
  readonly canSend: boolean
  /** Hands over one letter; `beforeDot` must commit that it goes out now, and may throw to stop it. */
  send(letter: Letter, beforeDot: () => Promise<void>): Promise<Handover>
  /** Receives answers on the configured address; `keep` must be durable before it returns. */
  listen(
    keep: (raw: Buffer, recipients: readonly string[]) => Promise<void>,
  ): Promise<{ port: number; close(): Promise<void> } | undefined>
}

const mailBytesMax = 25 * 1024 * 1024

export function openPost(
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'mailListen'>,
  log: Log,
  bounds: { silenceMs: number } = { silenceMs: 30_000 },
): Post {
  return {
    canSend: config.smtpUrl !== undefined,
    async send(letter, beforeDot) {
      if (config.smtpUrl === undefined)
        return { at: 'refused', isFinal: false, answer: 'no mail server is set' }
      const took = stopwatch()
      const transport = createTransport({
        url: config.smtpUrl,
        connectionTimeout: 10_000,
        socketTimeout: bounds.silenceMs,
      })
      const text = await compose(config.mailFrom, letter)
      let isDotted = false
      const raw = Readable.from(
        (async function* () {
          yield text
          await beforeDot()
          isDotted = true
        })(),
        { objectMode: false },
      )
      try {
        const sent: { response: string } = await transport.sendMail({
          envelope: { from: config.mailFrom, to: letter.to },
          raw,
        })
        log.mailSent({ tookMs: took() })
        return { at: 'accepted', answer: sent.response.slice(0, 200) }
      } catch (error) {
        log.mailFailed({ fault: faultOf(error) })
        const code = responseCode(error)
        // A server that answered the dot with a refusal has told us that it took nothing.
        if (isDotted && code === undefined) return { at: 'unconfirmed' }
        return {
          at: 'refused',
          isFinal: code !== undefined && code >= 500,
          answer: String(code ?? 'unreachable'),
        }
      } finally {
        transport.close()
      }
    },
    async listen(keep) {
      if (config.mailListen === undefined) return undefined
      const url = new URL(config.mailListen)
      const server = receiver(keep, log)
      await new Promise<void>((done, fail) => {
        server.server.once('error', fail)
        server.listen(Number(url.port || 2525), url.hostname, () => done())
      })
      const { port } = server.server.address() as AddressInfo
      return { port, close: () => new Promise(done => server.close(() => done())) }
    },
  }
}

/** The address to which answers to `token` come: `local+token@domain` (RFC 5233, subaddressing). */
export function replyAddress(mailFrom: string, token: string): string {
  const at = mailFrom.lastIndexOf('@')
  return `${mailFrom.slice(0, at)}+${token}${mailFrom.slice(at)}`
}

/** The token in a reply address, or undefined. */
export function replyToken(recipient: string): string | undefined {
  return /\+([A-Za-z0-9_-]{8,64})@/.exec(recipient)?.[1]
}

function compose(from: string, letter: Letter): Promise<Buffer> {
  const composer = new MailComposer({
    from: { name: 'Jikimi', address: from },
    to: letter.to,
    replyTo: letter.replyTo,
    subject: letter.subject,
    text: letter.text,
    messageId: `<${letter.messageId}>`,
    ...(letter.inReplyTo === undefined ? {} : { inReplyTo: `<${letter.inReplyTo}>` }),
    ...(letter.references === undefined ? {} : { references: letter.references.map(id => `<${id}>`) }),
    headers: { 'Auto-Submitted': 'auto-generated', ...letter.headers },
    attachments: (letter.attachments ?? []).map(each => ({
      ...each,
      content: typeof each.content === 'string' ? each.content : Buffer.from(each.content),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

function receiver(keep: (raw: Buffer, recipients: readonly string[]) => Promise<void>, log: Log): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    // Behind the mail server that forwards to us on the same network, which ends TLS.
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: mailBytesMax,
    logger: false,
    disableReverseLookup: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => {
        // Beyond the bound the bytes are read and dropped; the answer below refuses the message.
        if (!stream.sizeExceeded) chunks.push(chunk)
      })
      stream.on('end', () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error('Message too large'), { responseCode: 552 }))
          return
        }
        const raw = Buffer.concat(chunks)
        keep(
          raw,
          session.envelope.rcptTo.map(to => to.address),
        ).then(
          () => done(),
          (error: unknown) => {
            log.mailFailed({ fault: faultOf(error) })
            done(Object.assign(new Error('Try again later'), { responseCode: 451 }))
          },
        )
      })
    },
  })
}

function responseCode(error: unknown): number | undefined {
  return error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
    ? error.responseCode
    : undefined
}
