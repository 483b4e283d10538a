/**
 * The demo's name server (RFC 1035, over UDP on loopback): each host has an address of its own in 127/8.
 *
 * @module
 */
import { createSocket } from 'node:dgram'
import { decode, encode, type Answer } from 'dns-packet'

const ttlS = 5

/** Serves `addresses` (name → IPv4); any other name does not exist. */
export async function openNameServer(
  addresses: ReadonlyMap<string, string>,
): Promise<{ port: number; close(): Promise<void> }> {
  const socket = createSocket('udp4')
  socket.on('message', (message, from) => {
    const asked = decode(message)
    const [question] = asked.questions ?? []
    if (question === undefined) return
    const address = addresses.get(question.name.toLowerCase())
    const answers: Answer[] =
      address !== undefined && question.type === 'A'
        ? [{ type: 'A', name: question.name, ttl: ttlS, data: address }]
        : []
    const notThere = 3
    const answer = encode({
      type: 'response',
      id: asked.id ?? 0,
      flags: 0x8180 | (address === undefined ? notThere : 0),
      questions: [question],
      answers,
    })
    socket.send(answer, from.port, from.address)
  })
  await new Promise<void>(done => socket.bind(0, '127.0.0.1', done))
  const { port } = socket.address()
  return { port, close: () => new Promise(done => socket.close(() => done())) }
}
