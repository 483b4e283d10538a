import type { ComponentChildren, RefObject } from 'preact'

interface Option<T extends string> {
  readonly value: T
  readonly label: string
}

interface ChoiceProps<T extends string> {
  readonly name: string
  readonly labelledBy: string
  readonly describedBy?: string | undefined
  readonly options: readonly Option<T>[]
  readonly chosen: T | undefined
  readonly choose: (value: T) => void
}

/** One of a few, as large targets; native radio buttons, so that arrow keys and readers work as everywhere. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  return (
    <div
      role="radiogroup"
      class="choice"
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
    >
      {props.options.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name={props.name}
            value={value}
            checked={props.chosen === value}
            onChange={() => props.choose(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  )
}

interface FieldProps {
  readonly id: string
  readonly label: string
  readonly hint?: string | undefined
  readonly fault?: string | undefined
  readonly children: (ids: {
    readonly id: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': boolean
  }) => ComponentChildren
}

/** A labelled input with its hint and its fault tied to it. */
export function Field({ id, label, hint, fault, children }: FieldProps) {
  const told = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {children({ id, 'aria-describedby': told || undefined, 'aria-invalid': Boolean(fault) })}
      {fault && (
        <p id={`${id}-fault`} class="fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}

interface WritingAreaProps {
  readonly ids: Readonly<Record<string, string | boolean | undefined>>
  readonly value: string
  readonly rows: number
  readonly lengthMax: number
  readonly write: (value: string) => void
  readonly isCode?: boolean
  readonly area?: RefObject<HTMLTextAreaElement>
}

/** A field for many words. Spelling is not checked: some browsers send the text away for it. */
export function WritingArea({ ids, value, rows, lengthMax, write, isCode, area }: WritingAreaProps) {
  return (
    <textarea
      {...ids}
      ref={area ?? null}
      rows={rows}
      maxLength={lengthMax}
      value={value}
      spellcheck={false}
      autocomplete="off"
      autocapitalize={isCode ? 'off' : 'sentences'}
      class={isCode ? 'code' : undefined}
      onInput={event => write(event.currentTarget.value)}
    />
  )
}

/** Said aloud by screen readers when it changes; `isShown` where eyes should read it too. */
export function Announcement({
  children,
  isShown = false,
}: {
  readonly children: ComponentChildren
  readonly isShown?: boolean
}) {
  return (
    <p role="status" class={isShown ? 'hint' : 'unseen'}>
      {children}
    </p>
  )
}

interface SwitchProps {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly isOn: boolean
  /** Shown as it is, and not to be turned. */
  readonly isFixed?: boolean
  readonly turn: (isOn: boolean) => void
  readonly state?: string
}

/** On or off, as a large target; what it means is read with it. */
export function Switch({ id, label, hint, isOn, isFixed = false, turn, state }: SwitchProps) {
  return (
    <div class="switch">
      <label for={id}>
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={isOn}
          aria-disabled={isFixed}
          aria-describedby={`${id}-hint`}
          onClick={event => {
            // The page says when it is turned: what was asked of the server and refused stays as it was.
            event.preventDefault()
            if (!isFixed) turn(!isOn)
          }}
        />
        <span>{label}</span>
      </label>
      <p id={`${id}-hint`} class="hint">
        {hint}
        {state !== undefined && state !== '' && <strong>{state}</strong>}
      </p>
    </div>
  )
}
