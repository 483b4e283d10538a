import { expect, test } from 'vitest'
import { addressesWithSteps } from '#intake'
import { reportOfCase } from '#cases'
import { on } from '#platform/jobs'
import { openTrial } from '#platform/trial'
import { openOne, openPlace, picture, pictureHost, room } from './given.ts'
import { jobs } from './jobs.ts'
import { addProvider } from './provider.ts'
import { mayWalk } from './robots.ts'

const heard = async () => {}
const procedure = [on('address.opened', 'evidence', heard), on('copy.found', 'statistics', heard)]

test('a copy on another page of the host becomes an address of the case and is captured; the site’s wishes are kept', async () => {
  await using trial = await openTrial({ procedure, jobs })
  await using place = await openPlace(trial)
  const [file, again, other] = [await picture(31), await picture(31, 500, 70), await picture(32)]
  const first = pictureHost(
    () => true,
    () => file,
  )
  const page = (name: string) => ({ body: `<title>Post</title><img src="/f/${name}.jpg">` })
  place.hosts.set('walk.example', path => {
    if (path === '/robots.txt') return { type: 'text/plain', body: 'User-agent: *\nDisallow: /shut/' }
    if (path === '/')
      return {
        body: '<a href="/p/1">1</a><a href="/p/2">2</a><a href="/p/3">3</a><a href="/shut/4">4</a><a href="https://elsewhere.example/p/5">5</a>',
      }
    if (path === '/p/2' || path === '/shut/4') return page('2')
    if (path === '/p/3') return page('3')
    if (path === '/f/2.jpg') return { type: 'image/jpeg', body: again }
    if (path === '/f/3.jpg') return { type: 'image/jpeg', body: other }
    return first(path)
  })
  await trial.as(room).do(tx =>
    addProvider(tx, {
      name: 'Walk',
      kind: 'platform',
      country: 'KR',
      domains: ['walk.example'],
      channels: [{ type: 'mail', address: 'abuse@walk.example', language: 'ko' }],
    }),
  )
  const one = await openOne(trial, `http://walk.example:${place.port}/p/1`, file)
  await place.settle()
  const addresses = await trial
    .as(room)
    .see(async tx => addressesWithSteps(tx, await reportOfCase(tx, one.case)))
  expect(addresses.map(each => [new URL(each.canonical).pathname, each.source])).toEqual([
    ['/p/1', 'reported'],
    ['/p/2', 'found'],
  ])
  const queues = (await trial.queued()).map(each => each.queue)
  expect(queues.filter(queue => queue === 'copy.found/statistics')).toHaveLength(1)
  // The reported address, and the found one.
  expect(queues.filter(queue => queue === 'address.opened/evidence')).toHaveLength(2)
})

test('robots.txt: the longest rule wins, our own group before that for all, and wild cards', () => {
  const text =
    'User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /a\nAllow: /a/b$\nDisallow: /*.pdf$\nDisallow: /x*y\n'
  const walk = (path: string) => mayWalk(text, path)
  expect([
    walk('/'),
    walk('/a/c'),
    walk('/a/b'),
    walk('/a/b/c'),
    walk('/d/e.pdf'),
    walk('/d/e.pdfs'),
    walk('/x/1/y'),
    walk('/x'),
  ]).toEqual([true, false, true, false, false, true, false, true])
  expect(mayWalk('User-agent: *\nDisallow: /\nUser-agent: Jikimi\nAllow: /', '/p')).toBe(true)
  expect(mayWalk('User-agent: *\nDisallow:', '/p')).toBe(true)
  expect(mayWalk('', '/p')).toBe(true)
})
