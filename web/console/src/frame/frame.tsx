import { ActionIcon, Burger, Button, Drawer, Kbd, Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconKeyboard, IconLock, IconLogout, IconShieldLock } from '@tabler/icons-react'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useMay, useSession } from '../access/session.tsx'
import { roleWord, words as accessWords } from '../access/words.ts'
import { useWords } from '../language.tsx'
import { useAgencyName } from '../staffing/agency.tsx'
import { Mark } from './doorway.tsx'
import { Gate } from './gate.tsx'
import { leave } from './leave.ts'
import { places, type Place } from './places.ts'
import { lockNow } from './sign-in-again.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { LanguageButton, ThemeButton } from './switches.tsx'
import { words } from './words.ts'

const groups = ['groupWork', 'groupUnit', 'groupSystem'] as const

/** What stands around every page of staff. */
export function Frame() {
  return (
    <Gate>
      <Framed />
    </Gate>
  )
}

function Framed() {
  const say = useWords(words)
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const mine = places.filter(place => place.right === undefined || may(place.right))
  const main = useRef<HTMLElement>(null)
  useFocusOnNewPage(main)
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {say('skip')}
      </a>
      <header className="top">
        <Burger
          size="sm"
          className="burger"
          opened={isOpen}
          onClick={() => setOpen(!isOpen)}
          aria-label={say(isOpen ? 'closeMenu' : 'openMenu')}
        />
        <Mark />
        <span className="spring" />
        <LanguageButton />
        <ThemeButton />
        <Person />
        <SignOut />
      </header>
      <nav className="side" aria-label={say('navigation')}>
        <Places places={mine} />
      </nav>
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        size={270}
        title={say('navigation')}
        closeButtonProps={{ 'aria-label': say('closeMenu') }}
        transitionProps={{ duration: 0 }}
      >
        <nav aria-label={say('navigation')}>
          <Places places={mine} then={() => setOpen(false)} />
        </nav>
      </Drawer>
      <main id="main" tabIndex={-1} ref={main}>
        <Outlet />
      </main>
      <Shortcuts places={mine} />
    </div>
  )
}

/** A new page begins at its top, for eyes and for a screen reader alike; the first page leaves the focus alone. */
function useFocusOnNewPage(main: { readonly current: HTMLElement | null }): void {
  const path = useRouterState({ select: state => state.location.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    main.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [path, main])
}

/** A place below which another one stands is here only where it is itself open. */
const holdsOthers = (place: Place, all: readonly Place[]) =>
  place.to === '/' || all.some(each => each !== place && each.to.startsWith(`${place.to}/`))

function Places({ places, then }: { readonly places: readonly Place[]; readonly then?: () => void }) {
  const say = useWords(words)
  return groups.map(group => {
    const here = places.filter(place => place.group === group)
    if (here.length === 0) return null
    return (
      <div key={group} className="places">
        <h2>{say(group)}</h2>
        <ul>
          {here.map(place => (
            <li key={place.to}>
              <Link
                to={place.to}
                className="place"
                activeOptions={{ exact: holdsOthers(place, here), includeSearch: false }}
                onClick={then}
              >
                <place.icon size={18} stroke={1.7} aria-hidden="true" />
                {say(place.word)}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    )
  })
}

function Person() {
  const say = useWords(words)
  const sayAccess = useWords(accessWords)
  const session = useSession()
  const agencyName = useAgencyName()
  return (
    <>
      <ActionIcon
        className="wide-only"
        variant="subtle"
        color="plain"
        aria-label={say('shortcuts')}
        onClick={() => document.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))}
      >
        <IconKeyboard size={18} />
      </ActionIcon>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <UnstyledButton className="person" aria-label={`${say('account')}: ${session.name}`}>
            <span className="person-name">{session.name}</span>
            <small>
              {agencyName(session.agency)} · {sayAccess(roleWord[session.role])}
            </small>
            <IconChevronDown size={14} aria-hidden="true" />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to="/access/own-sessions" leftSection={<IconShieldLock size={16} />}>
            {say('ownSessions')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconKeyboard size={16} />}
            rightSection={<Kbd size="xs">?</Kbd>}
            onClick={() =>
              setTimeout(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: '?' })), 50)
            }
          >
            {say('shortcuts')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLock size={16} />} onClick={() => void lockNow()}>
            {say('lock')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

/** In sight on every page, one press away (ASVS 5.0, 7.4.4); on a telephone its sign alone, with its name for readers. */
function SignOut() {
  const say = useWords(words)
  return (
    <Button
      className="sign-out"
      variant="subtle"
      color="plain"
      size="compact-sm"
      leftSection={<IconLogout size={16} aria-hidden="true" />}
      aria-label={say('signOut')}
      title={say('signOut')}
      onClick={() => void leave()}
    >
      {say('signOut')}
    </Button>
  )
}
