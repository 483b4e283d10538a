import { Group, Kbd, Modal, Stack, Switch, Text, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { words as common } from '../controls/words.ts'
import { useWords } from '../language.tsx'
import type { Place } from './places.ts'
import { words } from './words.ts'

const kept = 'jikimi.shortcuts'
const chordMs = 1500

/** Whether single keys do something. WCAG 2.2, 2.1.4: they can be switched off. */
const areOn = () => localStorage.getItem(kept) !== 'off'

/**
 * The keys of the console. By `code`, not by letter: with Korean letters switched on the J key types ㅓ and
 * must still go to the next row.
 */
export function Shortcuts({ places }: { readonly places: readonly Place[] }) {
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const chordUntil = useRef(0)

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || document.querySelector('[aria-modal="true"]') !== null) return
      const isHelp = event.key === '?' || (event.code === 'Slash' && event.shiftKey)
      if (!areOn() && !isHelp) return
      if (isHelp) return done(event, () => setOpen(true))
      if (event.timeStamp < chordUntil.current) {
        chordUntil.current = 0
        const place = places.find(each => each.key === event.code)
        if (place !== undefined) return done(event, () => void navigate({ to: place.to }))
      }
      if (event.code === 'KeyG') return done(event, () => (chordUntil.current = event.timeStamp + chordMs))
      if (event.key === '/' || event.code === 'Slash') {
        return done(event, () => {
          const field = document.querySelector<HTMLInputElement>('[data-search]')
          if (field === null) void navigate({ to: '/cases', search: { find: true } })
          else field.focus()
        })
      }
      if (event.code === 'KeyJ') return done(event, () => walk(1))
      if (event.code === 'KeyK') return done(event, () => walk(-1))
      // Arrows scroll, but for a page that is worked off row by row.
      if (/^Arrow(Down|Up)$/.test(event.code) && document.querySelector('main [data-arrows]') !== null)
        return done(event, () => walk(event.code === 'ArrowDown' ? 1 : -1))
      const marked = markedFor(event)
      if (marked !== null) return done(event, () => marked.click())
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [navigate, places])

  return <Help isOpen={isOpen} close={() => setOpen(false)} places={places} />
}

function done(event: KeyboardEvent, act: () => void): void {
  event.preventDefault()
  act()
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  )
}

/** Moves the focus along the rows; from the row that holds the focus now, else from the top. */
export function walk(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')]
  const here = rows.findIndex(
    row => row === document.activeElement || rowOf(row)?.contains(document.activeElement),
  )
  const next =
    rows[here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(here + by, 0), rows.length - 1)]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

const rowOf = (link: HTMLElement) => link.closest('tr, article, li')

/** A button of the page that asks for this key: of the row in focus first. */
function markedFor(event: KeyboardEvent): HTMLElement | null {
  if (!/^(Key[A-Z]|Digit[1-9])$/.test(event.code) || event.shiftKey) return null
  const selector = `[data-shortcut="${event.code}"]:not(:disabled)`
  const row = document.activeElement?.closest('tr, article, li')
  return row?.querySelector<HTMLElement>(selector) ?? document.querySelector<HTMLElement>(selector)
}

function Help({
  isOpen,
  close,
  places,
}: {
  readonly isOpen: boolean
  readonly close: () => void
  readonly places: readonly Place[]
}) {
  const say = useWords(words)
  const sayCommon = useWords(common)
  const [isOn, setOn] = useState(areOn)
  const turn = (on: boolean) => {
    localStorage.setItem(kept, on ? 'on' : 'off')
    setOn(on)
  }
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={say('shortcuts')}
      size="lg"
      closeButtonProps={{ 'aria-label': sayCommon('close') }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {say('shortcutsLead')}
        </Text>
        <Switch
          label={say('shortcutsOn')}
          checked={isOn}
          onChange={event => turn(event.currentTarget.checked)}
        />
        <div className="columns">
          <div>
            <Title order={3} mb={6}>
              {say('keysHere')}
            </Title>
            <Keys keys={['/']}>{say('keySearch')}</Keys>
            <Keys keys={['J']}>{say('keyNext')}</Keys>
            <Keys keys={['K']}>{say('keyBefore')}</Keys>
            <Keys keys={['Enter']}>{say('keyOpen')}</Keys>
            <Keys keys={['1–7']}>{say('keyTab')}</Keys>
            <Keys keys={['S']}>{say('keySame')}</Keys>
            <Keys keys={['D']}>{say('keyDifferent')}</Keys>
            <Keys keys={['U']}>{say('keyUndo')}</Keys>
            <Keys keys={['↓', '↑']}>{say('keyArrows')}</Keys>
            <Keys keys={['Esc']}>{say('keyClose')}</Keys>
            <Keys keys={['?']}>{say('keyHelp')}</Keys>
          </div>
          <div>
            <Title order={3} mb={6}>
              {say('keysGo')}
            </Title>
            {places.map(place => (
              <Keys key={place.to} keys={['G', place.key.slice(3)]}>
                {say(place.word)}
              </Keys>
            ))}
          </div>
        </div>
      </Stack>
    </Modal>
  )
}

function Keys({ keys, children }: { readonly keys: readonly string[]; readonly children: ReactNode }) {
  return (
    <Group gap={6} wrap="nowrap" className="keys">
      <span className="keys-keys">
        {keys.map(key => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </span>
      <Text size="sm">{children}</Text>
    </Group>
  )
}
