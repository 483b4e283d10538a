/**
 * What the windows of one browser tell each other about a visit to an agency's sign-in. The agency's pages lie between
 * them, which cuts every other tie of a window to that which opened it.
 *
 * @module
 */
const key = 'jikimi.agency-visit'
const channel = 'jikimi.agency-arrival'

/** The visit was begun above a page whose work stays: whoever comes back closes their window. */
export const markAbove = (): void => localStorage.setItem(key, 'above')
export const unmarkAbove = (): void => localStorage.removeItem(key)
export const isAbove = (): boolean => localStorage.getItem(key) === 'above'

/** Tells the page beneath that its person is back. */
export function tellArrival(): void {
  const told = new BroadcastChannel(channel)
  told.postMessage('arrived')
  told.close()
}

/** Calls `then` when the person is back; ends with what it returns. */
export function arrivals(then: () => void): () => void {
  const heard = new BroadcastChannel(channel)
  heard.addEventListener('message', then)
  return () => heard.close()
}
