import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useWords } from '../language.tsx'
import type { Tone } from '../look.ts'
import { useAct } from './act.tsx'
import { Refused } from './answer.tsx'
import { words } from './words.ts'
import type { QueryKey } from '@tanstack/react-query'

/**
 * A button for what cannot be taken back: it asks once more, with a sentence that says what will happen and
 * fields for what must be said (a reason, a legal basis).
 */
export function AskedButton({
  label,
  title,
  sentence,
  confirm,
  verb,
  changes,
  said,
  tone = 'accent',
  variant = 'default',
  size = 'xs',
  isOff = false,
  isReady = true,
  leftSection,
  shortcut,
  children,
}: {
  readonly label: string
  readonly title: string
  readonly sentence: ReactNode
  readonly confirm: string
  readonly verb: () => Promise<unknown>
  readonly changes: readonly QueryKey[]
  readonly said?: string
  readonly tone?: Tone
  readonly variant?: string
  readonly size?: string
  readonly isOff?: boolean
  readonly isReady?: boolean
  readonly leftSection?: ReactNode
  /** Marks the button for a key of the page. */
  readonly shortcut?: string
  readonly children?: ReactNode
}) {
  const say = useWords(words)
  const [isOpen, setOpen] = useState(false)
  const act = useAct({
    verb,
    changes,
    isQuiet: true,
    ...(said === undefined ? {} : { said }),
    after: () => setOpen(false),
  })
  const close = () => {
    act.clear()
    setOpen(false)
  }
  return (
    <>
      <Button
        variant={variant}
        size={size}
        color={tone}
        disabled={isOff}
        leftSection={leftSection}
        data-shortcut={shortcut}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Modal opened={isOpen} onClose={close} title={title} closeButtonProps={{ 'aria-label': say('close') }}>
        <form
          onSubmit={event => {
            event.preventDefault()
            if (isReady) act.run(undefined)
          }}
        >
          <Stack gap="sm">
            <Text size="sm">{sentence}</Text>
            {children}
            <Refused error={act.error} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                {say('cancel')}
              </Button>
              <Button
                type="submit"
                color={tone}
                loading={act.isBusy}
                disabled={!isReady}
                data-autofocus={children === undefined}
              >
                {confirm}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
