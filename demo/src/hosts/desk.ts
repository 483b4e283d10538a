/**
 * The mail desks of all hosts: one SMTP server takes what the product sends; each host answers in its own way
 * and time. Their answers wait, as in any mail server's queue, while the product is away.
 *
 * @module
 */
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { simpleParser } from 'mailparser'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'

export interface ReceivedNotice {
  readonly to: string
  readonly messageId: string
  readonly subject: string
  readonly text: string
  readonly replyTo: string
}

export interface Desk {
  readonly smtpUrl: string
  /** Everything that was received, in order. */
  readonly received: readonly ReceivedNotice[]
  /** Answers to a notice; goes out when the product takes it. */
  answer(notice: ReceivedNotice, from: string, text: string): void
  /** Where the product receives answers. */
  reachProduct(mailPort: number): void
  close(): Promise<void>
}

const queueTries = 600
const queuePauseMs = 250

export async function openDesk(onNotice: (notice: ReceivedNotice) => void): Promise<Desk> {
  const received: ReceivedNotice[] = []
  const closing = new AbortController()
  let productPort = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, done) {
      simpleParser(stream).then(
        mail => {
          const notice: ReceivedNotice = {
            to: session.envelope.rcptTo[0]?.address ?? '',
            messageId: mail.messageId ?? '',
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            replyTo: mail.replyTo?.value[0]?.address ?? '',
          }
          received.push(notice)
          done()
          onNotice(notice)
        },
        (error: Error) => done(error),
      )
    },
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.server.address() as AddressInfo

  const deliver = async (notice: ReceivedNotice, from: string, text: string) => {
    for (let tries = 0; tries < queueTries && !closing.signal.aborted; tries += 1) {
      const transport = createTransport({
        host: '127.0.0.1',
        port: productPort,
        secure: false,
        ignoreTLS: true,
      })
      try {
        await transport.sendMail({
          from,
          to: notice.replyTo,
          subject: `Re: ${notice.subject}`,
          inReplyTo: notice.messageId,
          text: `${text}\n\n> ${notice.text.split('\n').slice(0, 3).join('\n> ')}`,
        })
        return
      } catch {
        await pause(queuePauseMs, undefined, { signal: closing.signal }).catch(() => {})
      } finally {
        transport.close()
      }
    }
  }

  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    received,
    answer: (notice, from, text) => void deliver(notice, from, text),
    reachProduct: mailPort => void (productPort = mailPort),
    close: async () => {
      closing.abort()
      await new Promise<void>(done => server.close(() => done()))
    },
  }
}
