/**
 * The list in a real resolver on loopback: what is blocked answers NXDOMAIN, all else answers, and lifting is
 * felt. Each test is skipped, by name, where its resolver is not installed.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import dnsPacket from 'dns-packet'
import { expect, test } from 'vitest'
import { passGate } from './gate.ts'
import { compileHashes } from './list.ts'
import { compileZone, sentinel } from './rpz.ts'

const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`
const env = { ...process.env, PATH: path }
const isInstalled = (tool: string) => spawnSync('which', [tool], { env }).status === 0
const names = ['board-one.example', 'xn--3e0b707e.example']

interface Resolver extends AsyncDisposable {
  readonly port: number
  /** Gives it another zone, as a subscriber would. */
  reload(zone: string): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>(resolve => server.close(() => resolve()))
  return port
}

/** Stands for the rest of the network: every name there is has the address 192.0.2.1. */
async function openAuthority() {
  const socket = createSocket('udp4')
  socket.on('message', (message, from) => {
    const asked = dnsPacket.decode(message)
    const [question] = asked.questions ?? []
    if (question === undefined) return
    const answers =
      question.type === 'A' ? [{ type: 'A' as const, name: question.name, ttl: 1, data: '192.0.2.1' }] : []
    const flags = dnsPacket.AUTHORITATIVE_ANSWER
    socket.send(
      dnsPacket.encode({ type: 'response', id: asked.id ?? 0, flags, questions: [question], answers }),
      from.port,
      from.address,
    )
  })
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  return { port: socket.address().port, close: () => socket.close() }
}

async function ask(port: number, name: string): Promise<string> {
  const socket = createSocket('udp4')
  try {
    const answer = new Promise<Buffer>(resolve => socket.once('message', resolve))
    socket.send(
      dnsPacket.encode({
        type: 'query',
        id: 7,
        flags: dnsPacket.RECURSION_DESIRED,
        questions: [{ type: 'A', name }],
      }),
      port,
      '127.0.0.1',
    )
    const read = await Promise.race([answer, pause(2000, undefined)])
    if (read === undefined) return 'silence'
    const { rcode, answers } = dnsPacket.decode(read) as unknown as {
      rcode: string
      answers: { type: string; data: string }[]
    }
    return rcode === 'NOERROR' ? (answers.find(each => each.type === 'A')?.data ?? 'nothing') : rcode
  } finally {
    socket.close()
  }
}

async function answersOf(port: number, asked: readonly string[]) {
  const found: Record<string, string> = {}
  for (const name of asked) found[name] = await ask(port, name)
  return found
}

async function untilActive(port: number, child: ChildProcess): Promise<void> {
  for (let count = 0; count < 100; count += 1) {
    if (child.exitCode !== null) throw new Error('The resolver has ended.')
    // BIND says that a zone is loaded before its policy works: only an answer for the sentinel tells.
    if ((await ask(port, sentinel)) === 'NXDOMAIN' && (await ask(port, 'harmless.example')) === '192.0.2.1')
      return
    await pause(100)
  }
  throw new Error('The policy does not become active.')
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise(resolve => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

async function openUnbound(zone: string): Promise<Resolver> {
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-unbound-'))
  const [port, authority] = [await freePort(), await openAuthority()]
  writeFileSync(join(folder, 'rpz.zone'), zone)
  writeFileSync(
    join(folder, 'unbound.conf'),
    `server:
  interface: 127.0.0.1@${port}
  do-ip6: no
  do-not-query-localhost: no
  module-config: "respip iterator"
  chroot: ""
  username: ""
  directory: "${folder}"
  pidfile: ""
  use-syslog: no
  num-threads: 1
  local-zone: "example." nodefault
  local-zone: "invalid." nodefault
  local-zone: "test." nodefault
rpz:
  name: "rpz.jikimi.invalid."
  zonefile: "${folder}/rpz.zone"
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@${authority.port}
remote-control:
  control-enable: no
`,
  )
  let child = spawn('unbound', ['-d', '-c', join(folder, 'unbound.conf')], { env, stdio: 'ignore' })
  await untilActive(port, child)
  return {
    port,
    async reload(next) {
      writeFileSync(join(folder, 'rpz.zone'), next)
      await ended(child)
      child = spawn('unbound', ['-d', '-c', join(folder, 'unbound.conf')], { env, stdio: 'ignore' })
      await untilActive(port, child)
    },
    async [Symbol.asyncDispose]() {
      await ended(child)
      authority.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function openNamed(zone: string): Promise<Resolver> {
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-named-'))
  chmodSync(folder, 0o777)
  const [port, authority] = [await freePort(), await openAuthority()]
  writeFileSync(join(folder, 'rpz.zone'), zone)
  writeFileSync(
    join(folder, 'named.conf'),
    `options {
  directory "${folder}";
  listen-on port ${port} { 127.0.0.1; };
  listen-on-v6 { none; };
  pid-file none;
  session-keyfile none;
  recursion yes;
  dnssec-validation no;
  empty-zones-enable no;
  qname-minimization off;
  forward only;
  forwarders { 127.0.0.1 port ${authority.port}; };
  response-policy { zone "rpz.jikimi.invalid"; } qname-wait-recurse no;
};
controls { };
zone "rpz.jikimi.invalid" { type primary; file "rpz.zone"; };
`,
  )
  const child = spawn('named', ['-f', '-c', join(folder, 'named.conf'), '-n', '1'], { env, stdio: 'ignore' })
  await untilActive(port, child)
  return {
    port,
    async reload(next) {
      writeFileSync(join(folder, 'rpz.zone'), next)
      child.kill('SIGHUP')
      await pause(1500)
      await untilActive(port, child)
    },
    async [Symbol.asyncDispose]() {
      await ended(child)
      authority.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const resolvers = [
  { name: 'unbound', open: openUnbound },
  { name: 'named', open: openNamed },
]

for (const { name, open } of resolvers) {
  test.skipIf(!isInstalled(name))(
    `${name} blocks what is listed and nothing else, and lifts with the next zone`,
    async () => {
      const first = compileZone(names, 1).text
      await using resolver = await open(first)
      const asked = [
        'board-one.example',
        'www.board-one.example',
        'a.b.board-one.example',
        'xn--3e0b707e.example',
        'other-board.example',
        'notboard-one.example',
        'police.go.kr',
      ]
      expect(await answersOf(resolver.port, asked)).toEqual({
        'board-one.example': 'NXDOMAIN',
        'www.board-one.example': 'NXDOMAIN',
        'a.b.board-one.example': 'NXDOMAIN',
        'xn--3e0b707e.example': 'NXDOMAIN',
        'other-board.example': '192.0.2.1',
        'notboard-one.example': '192.0.2.1',
        'police.go.kr': '192.0.2.1',
      })
      await resolver.reload(compileZone(['xn--3e0b707e.example'], 2).text)
      expect(await answersOf(resolver.port, ['board-one.example', 'xn--3e0b707e.example'])).toEqual({
        'board-one.example': '192.0.2.1',
        'xn--3e0b707e.example': 'NXDOMAIN',
      })
    },
  )
}

for (const checker of ['named-checkzone', 'unbound-checkconf']) {
  test.skipIf(!isInstalled(checker))(`${checker} has its say before a publication`, async () => {
    const lists = { serial: 1, names, zone: compileZone(names, 1).text, hashes: compileHashes([]) }
    expect(await passGate(lists)).toContain(checker)
  })
}
