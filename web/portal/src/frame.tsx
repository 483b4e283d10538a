import type { Language } from '@jikimi/shared/words.ts'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useWords } from './language.ts'
import { leave } from './leave.ts'
import { numbers, words } from './words.ts'

interface FrameProps {
  readonly language: Language
  readonly choose: (language: Language) => void
  readonly children: ComponentChildren
}

/** What stands around every page: the way out, the other language, the telephone numbers. */
export function Frame({ language, choose, children }: FrameProps) {
  const word = useWords(words)
  const other = language === 'ko' ? 'en' : 'ko'
  return (
    <>
      <header class="top">
        <div class="top-row">
          <button type="button" class="plain" lang={other} onClick={() => choose(other)}>
            {word('otherLanguage')}
          </button>
          <button type="button" class="leave" title={word('leaveHint')} onClick={leave}>
            {word('leave')}
          </button>
        </div>
      </header>
      <main class="column">{children}</main>
      <footer class="column numbers">
        <h2>{word('numbersTitle')}</h2>
        <ul>
          {numbers.map(each => (
            <li key={each.dial}>
              <a href={`tel:${each.dial}`}>{each.number}</a>
              <span>{word(each.what)}</span>
            </li>
          ))}
        </ul>
      </footer>
    </>
  )
}

interface HeadingProps {
  readonly id?: string
  readonly children: ComponentChildren
}

let isFirstPage = true

/** A page's heading. It takes the focus when its page comes up, so that a reader starts there. */
export function Heading({ id, children }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (isFirstPage) {
      isFirstPage = false
      return
    }
    scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h1 ref={heading} id={id} tabIndex={-1}>
      {children}
    </h1>
  )
}
