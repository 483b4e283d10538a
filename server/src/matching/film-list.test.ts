import { expect, test } from 'vitest'
import { filmsIn } from './film-list.ts'

const hash = (digit: string) => digit.repeat(64)
const linesOf = (...lines: string[]) => lines.map((text, at) => ({ place: at + 1, text }))
const shapeOf = (...lines: string[]) =>
  filmsIn(linesOf(...lines)).films.map(({ place, video }) => [place, video.frames.map(frame => frame.atMs)])

test('lines without a name are one film, whatever their form and order', () => {
  const lines = [`${hash('a')},90,2.5`, `7,90,${hash('b')},0.5`, `8,${hash('c')},90,1.0`]
  expect(shapeOf(...lines)).toEqual([[1, [500, 1000, 2500]]])
})

test('a name before or behind the frame, with commas in it too, and a heading tell films apart', () => {
  expect(
    shapeOf(
      `one.mp4,${hash('a')},90,0`,
      `two, the second.mp4,0,90,${hash('b')},0`,
      `one.mp4,${hash('c')},90,1`,
      `${hash('d')},90,0,three.mp4`,
      `two, the second.mp4,1,90,${hash('e')},1`,
    ),
  ).toEqual([
    [1, [0, 1000]],
    [2, [0, 1000]],
    [4, [0]],
  ])
  // What grep -H and tail -n +1 make of several files.
  expect(
    shapeOf(`a.txt:0,90,${hash('a')},0`, `a.txt:1,90,${hash('b')},1`, `b.txt:0,90,${hash('a')},0`),
  ).toEqual([
    [1, [0, 1000]],
    [3, [0]],
  ])
  expect(shapeOf('==> a.txt <==', `${hash('a')},90,0`, '==> b.txt <==', `${hash('a')},90,0`)).toEqual([
    [2, [0]],
    [4, [0]],
  ])
})

test('a line that is no frame is left out and named by what is wrong with it', () => {
  const { films, unreadable } = filmsIn(
    linesOf('no hash at all', `${hash('a')},90,0`, `${hash('a')},101,1`, `${hash('b')},90,never`),
  )
  expect(films).toHaveLength(1)
  expect(unreadable).toEqual([
    { line: 1, fault: 'value' },
    { line: 3, fault: 'quality' },
    { line: 4, fault: 'seconds' },
  ])
})
