/**
 * What a page holds, read without running it: its title, its words, its media and where it leads.
 *
 * @module
 */
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5'

export interface Page {
  readonly title: string
  readonly text: string
  /** Addresses of pictures and videos, videos first, each once. */
  readonly media: readonly string[]
  readonly links: readonly string[]
  readonly hasPasswordField: boolean
}

// Bounds: a page of a forum with its pictures; what lies beyond is navigation.
const nodesMax = 50_000
const textMax = 100_000
const mediaMax = 12
const linksMax = 200
// Pictures that say that they are this small are icons.
const iconMax = 64

const silent = new Set(['script', 'style', 'noscript', 'template', 'svg', 'head'])

/** Reads `html`, found at `url`. */
export function readPage(html: string, url: string): Page {
  const seen = {
    title: '',
    text: [] as string[],
    videos: [] as string[],
    pictures: [] as string[],
    links: [] as string[],
    hasPasswordField: false,
  }
  let base = url
  let chars = 0
  for (const { node, isSilent } of nodesOf(parse(html))) {
    if (node.nodeName === '#text') {
      if (isSilent || chars > textMax) continue
      const text = (node as Tree.TextNode).value
      chars += text.length
      seen.text.push(text)
      continue
    }
    if (!('tagName' in node)) continue
    if (node.tagName === 'base') base = absolute(attribute(node, 'href'), url) ?? base
    if (node.tagName === 'title' && seen.title === '') seen.title = words(ownText(node))
    if (node.tagName === 'input' && attribute(node, 'type')?.toLowerCase() === 'password')
      seen.hasPasswordField = true
    collect(node, base, seen)
  }
  return {
    title: seen.title.slice(0, 500),
    text: words(seen.text.join(' ')).slice(0, textMax),
    media: [...new Set([...seen.videos, ...seen.pictures])].slice(0, mediaMax),
    links: [...new Set(seen.links)].slice(0, linksMax),
    hasPasswordField: seen.hasPasswordField,
  }
}

/** All nodes in the order of the page, without recursion: a page nested a million deep is only long. */
function* nodesOf(root: Tree.Document): Generator<{ node: Tree.Node; isSilent: boolean }> {
  const waiting: { node: Tree.Node; isSilent: boolean }[] = [{ node: root, isSilent: false }]
  for (let count = 0; count < nodesMax; count += 1) {
    const taken = waiting.pop()
    if (taken === undefined) return
    yield taken
    if (!('childNodes' in taken.node)) continue
    const isSilent = taken.isSilent || silent.has(taken.node.nodeName)
    for (const node of taken.node.childNodes.toReversed()) waiting.push({ node, isSilent })
  }
}

function collect(
  node: Tree.Element,
  base: string,
  into: { videos: string[]; pictures: string[]; links: string[] },
): void {
  const put = (list: string[], given: string | undefined) => {
    const found = absolute(given, base)
    if (found !== undefined) list.push(found)
  }
  switch (node.tagName) {
    case 'video':
      put(into.videos, attribute(node, 'src'))
      put(into.pictures, attribute(node, 'poster'))
      break
    case 'source':
      put(into.videos, attribute(node, 'src'))
      put(into.pictures, firstOf(attribute(node, 'srcset')))
      break
    case 'img':
      if (isIcon(node)) break
      put(into.pictures, attribute(node, 'src') ?? attribute(node, 'data-src'))
      put(into.pictures, firstOf(attribute(node, 'srcset')))
      break
    case 'meta':
      if (/^og:video(:(secure_)?url)?$/.test(property(node))) put(into.videos, attribute(node, 'content'))
      if (/^(og|twitter):image(:(secure_)?url)?$/.test(property(node)))
        put(into.pictures, attribute(node, 'content'))
      break
    case 'a': {
      const href = attribute(node, 'href')
      if (/\.(mp4|webm|mov|m4v)([?#]|$)/i.test(href ?? '')) put(into.videos, href)
      else if (/\.(jpe?g|png|webp|gif|avif)([?#]|$)/i.test(href ?? '')) put(into.pictures, href)
      else put(into.links, href)
      break
    }
    default:
  }
}

const property = (node: Tree.Element) => attribute(node, 'property') ?? attribute(node, 'name') ?? ''
const firstOf = (srcset: string | undefined) => srcset?.trim().split(/[\s,]+/)[0]

function isIcon(node: Tree.Element): boolean {
  const [width, height] = [Number(attribute(node, 'width')), Number(attribute(node, 'height'))]
  return (width > 0 && width <= iconMax) || (height > 0 && height <= iconMax)
}

function attribute(node: Tree.Element, name: string): string | undefined {
  return node.attrs.find(each => each.name === name)?.value
}

function ownText(node: Tree.Element): string {
  return node.childNodes
    .map(child => (child.nodeName === '#text' ? (child as Tree.TextNode).value : ''))
    .join('')
}

function absolute(given: string | undefined, base: string): string | undefined {
  if (given === undefined || given.trim() === '' || !URL.canParse(given.trim(), base)) return undefined
  const url = new URL(given.trim(), base)
  url.hash = ''
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined
}

const words = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
