/**
 * What a host shows: a listing, a page for each post, its media. Posts live in memory; a host takes them down
 * in its own way.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Media } from '../media/pictures.ts'
import type { Host } from './cast.ts'

export interface Post {
  readonly id: string
  readonly title: string
  media: Media
  /** Whole; only its page, without media; gone with 404; gone behind a page that says so with 200. */
  state: 'up' | 'withoutMedia' | 'gone' | 'softGone'
}

export interface Board {
  readonly host: Host
  readonly posts: Map<string, Post>
}

/** Answers a request to `board`; `mediaAt` is where its media are asked for. */
export function answerBoard(
  board: Board,
  mediaAt: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname } = new URL(request.url ?? '/', 'http://board.example')
  if (pathname === '/') return send(response, 200, listing(board))
  const post = board.posts.get(/^\/post\/(\w+)$/.exec(pathname)?.[1] ?? '')
  if (post?.state === 'up' || post?.state === 'withoutMedia')
    return send(response, 200, page(board.host, post.title, mediaOf(post, mediaAt)))
  const isSoft = board.host.behaviour.kind === 'softRemoves'
  send(response, isSoft ? 200 : 404, page(board.host, isSoft ? '안내' : '404', gone(isSoft)))
}

/** Answers a request for media, on the board itself or on its content network. */
export function answerMedia(board: Board, pathname: string, response: ServerResponse): void {
  const post = board.posts.get(/^\/media\/(\w+)\.\w+$/.exec(pathname)?.[1] ?? '')
  if (post?.state !== 'up') return send(response, 404, page(board.host, '404', gone(false)))
  response.writeHead(200, {
    'content-type': post.media.contentType,
    'content-length': post.media.bytes.length,
  })
  response.end(post.media.bytes)
}

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'video/webm': 'webm',
}

function mediaOf(post: Post, at: string): string {
  const url = `${at}/media/${post.id}.${endings[post.media.contentType] ?? 'bin'}`
  return post.media.contentType.startsWith('video/')
    ? `<video controls preload="auto" src="${url}"></video>`
    : `<img alt="" src="${url}">`
}

const gone = (isSoft: boolean) =>
  isSoft ? '<p>삭제된 게시물입니다. 이 게시물은 더 이상 볼 수 없습니다.</p>' : '<p>There is nothing here.</p>'

function listing(board: Board): string {
  const links = [...board.posts.values()]
    .filter(post => post.state === 'up')
    .map(post => `<li><a href="/post/${post.id}">${post.title}</a></li>`)
  return page(board.host, board.host.title, `<ul>${links.join('')}</ul>`)
}

function page(host: Host, title: string, body: string): string {
  return `<!doctype html><html lang="${host.country === 'KR' ? 'ko' : 'en'}"><meta charset="utf-8"><title>${title} · ${host.title}</title>
<header><h1>${host.title}</h1><nav><a href="/">처음</a></nav></header><main><h2>${title}</h2>${body}</main>
<footer><p>${host.title} · 운영자 연락처 ${host.abuse}</p></footer></html>`
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
  response.end(text)
}
