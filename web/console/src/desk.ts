/**
 * Whether somebody is at the desk. A touch counts for every window of the console in this browser: they are one
 * desk, and lock together.
 *
 * @module
 */
const storeKey = 'jikimi.touched'
// Written seldom: to the second is exact enough for a lock after minutes.
const noteEveryMs = 1000
// What the console asks later than this after the last touch, it asks by itself.
const attendedMs = 60_000

// Loading the page is an act of somebody.
let noted = Date.now()

function touch(): void {
  const now = Date.now()
  if (now - noted < noteEveryMs) return
  noted = now
  try {
    localStorage.setItem(storeKey, String(now))
  } catch {
    // A browser that keeps nothing: then each window is a desk of its own.
  }
}

/** Milliseconds since anybody touched a window of the console. */
function quietMs(): number {
  let latest = noted
  try {
    latest = Math.max(latest, Number(localStorage.getItem(storeKey) ?? 0))
  } catch {
    // As above.
  }
  return Date.now() - latest
}

export const isUnattended = (): boolean => quietMs() > attendedMs

const checkEveryMs = 1000

/** Calls `lock` once nobody has touched the desk for `afterMs`. Returns how to stop watching. */
export function watchDesk(afterMs: number, lock: () => void): () => void {
  touch()
  const kinds = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const
  for (const kind of kinds) addEventListener(kind, touch, { passive: true, capture: true })
  const timer = setInterval(() => {
    if (quietMs() > afterMs) lock()
  }, checkEveryMs)
  return () => {
    clearInterval(timer)
    for (const kind of kinds) removeEventListener(kind, touch, { capture: true })
  }
}
