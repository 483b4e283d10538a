import {
  flipsAt,
  headsAt,
  idsAt,
  linksAt,
  rowBytes,
  rowCount,
  rowsAt,
  setPostingCount,
  setRowCount,
} from './memory'
import {
  beginHits,
  budgetOf,
  emit,
  flipsBelow,
  hitsWaiting,
  isLimitReached,
  isSeenBefore,
  setBudgets,
} from './search'

/** Adds the scratch's row to the mutable tier: at most 65,535 rows, each in one chain a band. */
export function tailAdd(scratch: usize, id: u64): void {
  const row = rowCount()
  const at = rowsAt() + row * rowBytes
  memory.copy(at, scratch, rowBytes)
  store<u64>(idsAt() + row * 8, id)
  for (let band: u32 = 0; band < 16; band++) {
    const head = headsAt(band) + (<usize>load<u16>(at + band * 2)) * 2
    store<u16>(linksAt(band) + row * 2, load<u16>(head))
    // A thread that searches meanwhile sees the row whole or not at all.
    atomic.store<u16>(head, <u16>(row + 1))
  }
  setPostingCount(row + 1)
  setRowCount(row + 1)
}

/** All rows of the mutable tier within the radius by the chains; the radius at most 63. */
export function tailProbe(scratch: usize, radius: u32, limit: u32): u32 {
  beginHits(limit)
  setBudgets(scratch, radius)
  for (let band: u32 = 0; band < 16; band++) {
    const own = budgetOf(scratch, band)
    const value = <u32>load<u16>(scratch + band * 2)
    const until = flipsBelow(own)
    const both = own + budgetOf(scratch, band + 1) - 1
    for (let flip: u32 = 0; flip < until; flip++) {
      const mask = <u32>load<u16>(flipsAt + flip * 2)
      const head = atomic.load<u16>(headsAt(band) + (value ^ mask) * 2)
      if (head != 0) follow(scratch, band, head, both - popcnt<u32>(mask), radius)
      if (isLimitReached()) return hitsWaiting()
    }
  }
  return hitsWaiting()
}

function follow(scratch: usize, band: u32, head: u32, room: u32, radius: u32): void {
  const following = ((band + 1) & 15) * 2
  const key = load<u16>(scratch + following)
  const rows = rowsAt()
  const links = linksAt(band)
  for (let link = head; link != 0; link = <u32>load<u16>(links + (link - 1) * 2)) {
    const at = rows + (link - 1) * rowBytes
    if (popcnt<u32>(<u32>(load<u16>(at + following) ^ key)) > room) continue
    const distance = <u32>(
      (popcnt<u64>(load<u64>(at) ^ load<u64>(scratch)) +
        popcnt<u64>(load<u64>(at, 8) ^ load<u64>(scratch, 8)) +
        popcnt<u64>(load<u64>(at, 16) ^ load<u64>(scratch, 16)) +
        popcnt<u64>(load<u64>(at, 24) ^ load<u64>(scratch, 24)))
    )
    if (distance > radius || isSeenBefore(scratch, at, band)) continue
    emit(scratch, link - 1, distance)
    if (isLimitReached()) return
  }
}
