/**
 * Leaving at once: what was typed and chosen is dropped, the page is emptied, and its place in the browser's
 * list is taken by a page that says nothing.
 *
 * @module
 */
export const elsewhere = 'https://www.naver.com/'

const escapesNeeded = 3
const escapesWithinMs = 2000

const forgets = new Set<() => void>()

/** Says what must be forgotten before the page is left. Returns the way to take it back. */
export function onLeave(forget: () => void): () => void {
  forgets.add(forget)
  return () => void forgets.delete(forget)
}

export function leave(): void {
  forgetEverything()
  location.replace(elsewhere)
}

function forgetEverything(): void {
  document.body.replaceChildren()
  document.title = ''
  // A copy: taking the page down takes back what its parts have said.
  const all = [...forgets]
  for (const forget of all) {
    try {
      forget()
    } catch {
      // Whatever fails here, the person must be gone.
    }
  }
}

/** Three presses of Escape leave, wherever the focus is. */
export function listenForEscape(): void {
  let pressedAt: number[] = []
  addEventListener(
    'keydown',
    event => {
      if (event.key !== 'Escape') {
        pressedAt = []
        return
      }
      if (event.repeat) return
      pressedAt = [...pressedAt.filter(at => event.timeStamp - at < escapesWithinMs), event.timeStamp]
      if (pressedAt.length >= escapesNeeded) leave()
    },
    { capture: true },
  )
}

/**
 * A page that the browser keeps in memory for its back button is emptied first, and starts anew when it comes
 * back: someone else may hold the device by then.
 */
export function startAnewWhenRevived(): void {
  addEventListener('pagehide', event => {
    if (event.persisted) forgetEverything()
  })
  addEventListener('pageshow', event => {
    if (event.persisted) location.reload()
  })
}
