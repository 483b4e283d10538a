/**
 * The world outside the product, on loopback: hosts that behave as hosts do, their mail desks, a name server,
 * a registry. What it shows is synthetic and harmless.
 *
 * @module
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { answerBoard, answerMedia, type Board, type Post } from './hosts/board.ts'
import { hosts, type Behaviour, type Host, type HostName } from './hosts/cast.ts'
import { openDesk, type Desk, type ReceivedNotice } from './hosts/desk.ts'
import { openNameServer } from './hosts/names.ts'
import { answerRegistry } from './hosts/registry.ts'
import { copyOf, type Media } from './media/pictures.ts'
import { freePort } from './product.ts'

export interface World extends AsyncDisposable {
  /** Settings that let the product see this world instead of the real one. */
  readonly settings: Readonly<Record<string, string>>
  /** Uploads media to a host and gives the address of its page. */
  publish(host: HostName, title: string, media: Media): string
  /** What somebody sees who opens the address now. */
  isUp(url: string): boolean
  /** Fills in the form of a host that asks for one. */
  fillForm(url: string): void
  /** Tells the mail desks where the product takes answers. */
  reachProduct(mailPort: number): void
  /** All notices that the hosts have received. */
  readonly notices: readonly ReceivedNotice[]
}

const hourMs = 3_600_000

/** Opens the world; its hours pass `speed` times as fast as the machine's. */
export async function openWorld({ speed }: { readonly speed: number }): Promise<World> {
  const port = await freePort()
  const boards = new Map<string, Board>(hosts.map(host => [host.name, { host, posts: new Map() }]))
  const addresses = addressesOf()
  const timers = new Set<NodeJS.Timeout>()
  const later = (hours: number, act: () => void) => {
    const timer = setTimeout(() => (timers.delete(timer), act()), (hours * hourMs) / speed)
    timers.add(timer)
  }
  const desk = await openDesk(notice => {
    for (const { board, post } of named(notice, boards)) act(board.host, post, notice, { desk, later })
  })
  const servers = await serve(port, boards, [...new Set(addresses.values())])
  const names = await openNameServer(addresses)
  let posts = 0
  const postAt = (url: string) => {
    const { hostname, pathname } = new URL(url)
    return boards.get(hostname)?.posts.get(pathname.split('/').at(-1) ?? '')
  }
  return {
    settings: {
      JIKIMI_SMTP_URL: desk.smtpUrl,
      JIKIMI_DNS: `127.0.0.1:${names.port}`,
      JIKIMI_RDAP: `http://127.0.0.1:${port}`,
      JIKIMI_OUTBOUND_ALLOW: '127.0.0.0/8',
    },
    publish(name, title, media) {
      const id = `p${String((posts += 1))}`
      boards.get(name)!.posts.set(id, { id, title, media, state: 'up' })
      return `http://${name}:${port}/post/${id}`
    },
    isUp: url => postAt(url)?.state === 'up',
    fillForm(url) {
      const post = postAt(url)
      const { behaviour } = boards.get(new URL(url).hostname)!.host
      if (post !== undefined && behaviour.kind === 'asksForForm')
        later(behaviour.afterHours, () => void (post.state = 'gone'))
    },
    reachProduct: mailPort => desk.reachProduct(mailPort),
    notices: desk.received,
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearTimeout(timer)
      for (const server of servers) server.closeAllConnections()
      await Promise.all(servers.map(server => new Promise(done => server.close(done))))
      await names.close()
      await desk.close()
    },
  }
}

/** Each name has an address of its own: a block by address would not hit its neighbours. */
function addressesOf(): ReadonlyMap<string, string> {
  const all = hosts.flatMap((host: Host) =>
    host.mediaHost === undefined ? [host.name] : [host.name, host.mediaHost],
  )
  return new Map(all.map((name, at) => [name, `127.0.0.${at + 2}`]))
}

async function serve(
  port: number,
  boards: ReadonlyMap<string, Board>,
  addresses: readonly string[],
): Promise<readonly Server[]> {
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const name = (request.headers.host ?? '').split(':')[0]!
    const { pathname } = new URL(request.url ?? '/', 'http://board.example')
    const board = boards.get(name) ?? [...boards.values()].find(each => each.host.mediaHost === name)
    if (board === undefined) answerRegistry(request, response)
    else if (pathname.startsWith('/media/')) answerMedia(board, pathname, response)
    else answerBoard(board, mediaAt(board.host, port), request, response)
  }
  const servers = ['127.0.0.1', ...addresses].map(address => ({ address, server: createServer(answer) }))
  await Promise.all(
    servers.map(({ address, server }) => new Promise<void>(done => server.listen(port, address, done))),
  )
  return servers.map(({ server }) => server)
}

const mediaAt = (host: Host, port: number) =>
  host.mediaHost === undefined ? '' : `http://${host.mediaHost}:${port}`

/** The posts whose addresses a notice names, if the host's own desk received it. */
function named(
  notice: ReceivedNotice,
  boards: ReadonlyMap<string, Board>,
): readonly { board: Board; post: Post }[] {
  return [...boards.values()]
    .filter(board => board.host.abuse === notice.to)
    .flatMap(board =>
      [...board.posts.values()]
        .filter(post => new RegExp(`${board.host.name}(:\\d+)?/post/${post.id}\\b`).test(notice.text))
        .map(post => ({ board, post })),
    )
}

interface Hands {
  readonly desk: Desk
  readonly later: (hours: number, act: () => void) => void
}

const acknowledged = '귀하의 요청이 접수되었습니다. 검토 후 처리하겠습니다.'

/** What a host does with a notice about one of its posts. */
function act(host: Host, post: Post, notice: ReceivedNotice, { desk, later }: Hands): void {
  const behaviour: Behaviour = host.behaviour
  const say = (text: string) => desk.answer(notice, host.abuse, text)
  switch (behaviour.kind) {
    case 'removes':
      say(acknowledged)
      later(behaviour.afterHours, () => {
        post.state = 'gone'
        say('요청하신 게시물의 삭제를 완료하였습니다.')
      })
      return
    case 'refuses':
      later(behaviour.afterHours, () =>
        say('We have reviewed your request and will not remove this content.'),
      )
      return
    case 'bringsItBack':
      later(behaviour.afterHours, () => void (post.state = 'gone'))
      if (!broughtBack.has(post)) later(behaviour.backAfterHours, () => bringBack(post))
      return
    case 'softRemoves':
      later(behaviour.afterHours, () => void (post.state = 'softGone'))
      return
    case 'passesOn':
      say(
        'Thank you for your report. We are a content network and have forwarded it to the operator of the site.',
      )
      later(behaviour.afterHours, () => void (post.state = 'withoutMedia'))
      return
    case 'asksForForm':
      say('삭제를 원하시면 당사 홈페이지의 신고 양식을 작성하여 제출해 주시기 바랍니다.')
      return
    case 'neverAnswers':
  }
}

const broughtBack = new WeakSet<Post>()

/** Somebody uploads it again: the same picture in other bytes. */
function bringBack(post: Post): void {
  broughtBack.add(post)
  const isPicture = post.media.contentType.startsWith('image/')
  const again = isPicture ? copyOf(post.media, 'encodedAgain') : Promise.resolve(post.media)
  void again.then(media => {
    post.media = media
    post.state = 'up'
  })
}
