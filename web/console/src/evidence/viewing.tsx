import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { useNow } from '../controls/page.tsx'
import { words as common } from '../controls/words.ts'
import { useWords } from '../language.tsx'
import * as evidence from './api.ts'
import { viewingReasons, type ViewingReason } from './api.ts'
import { HoldButton } from './hold-button.tsx'
import { wordOf } from '../intake/words.ts'
import { words } from './words.ts'

const shownMs = 30_000

/** Seeing one exhibit as it is: a reason, a held button, half a minute. */
export function ViewingButton({ exhibit }: { readonly exhibit: string }) {
  const say = useWords(words)
  const sayCommon = useWords(common)
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {say('view')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={say('viewTitle')}
        size="lg"
        closeButtonProps={{ 'aria-label': sayCommon('close') }}
      >
        {isOpen ? <Viewing exhibit={exhibit} close={close} /> : null}
      </Modal>
    </>
  )
}

function Viewing({ exhibit, close }: { readonly exhibit: string; readonly close: () => void }) {
  const say = useWords(words)
  const [reason, setReason] = useState<ViewingReason>()
  const act = useAct({ verb: (why: ViewingReason) => evidence.view(exhibit, why), isQuiet: true })
  if (act.answer !== undefined) return <Shown blob={act.answer} close={close} />
  return (
    <Stack gap="sm">
      <Text size="sm">{say('viewLead')}</Text>
      <Radio.Group label={say('reason')} value={reason ?? null} onChange={value => setReason(value)}>
        <Stack gap={8} mt={6}>
          {viewingReasons.map(each => (
            <Radio key={each} value={each} label={say(wordOf('reason', each))} />
          ))}
        </Stack>
      </Radio.Group>
      <Refused error={act.error} />
      <Group justify="flex-end">
        <HoldButton
          isOff={reason === undefined}
          isBusy={act.isBusy}
          act={() => {
            if (reason !== undefined) act.run(reason)
          }}
        />
      </Group>
    </Stack>
  )
}

function Shown({ blob, close }: { readonly blob: Blob; readonly close: () => void }) {
  const say = useWords(words)
  const [url, setUrl] = useState<string>()
  const [until] = useState(() => Date.now() + shownMs)
  const now = useNow(250)
  const isOver = now >= until
  useEffect(() => {
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  useEffect(() => {
    if (isOver) close()
  }, [isOver, close])
  // Whoever turns to another window leaves nothing on the screen behind them.
  useEffect(() => {
    const hide = () => {
      if (document.hidden) close()
    }
    document.addEventListener('visibilitychange', hide)
    return () => document.removeEventListener('visibilitychange', hide)
  }, [close])
  return (
    <Stack gap="sm">
      {url === undefined ? null : <img className="viewing" src={url} alt={say('shown')} draggable={false} />}
      <Text size="sm" c="dimmed">
        {say('rest')}
      </Text>
      <Group justify="space-between">
        <Text size="sm">{say('seconds', { count: Math.max(0, Math.ceil((until - now) / 1000)) })}</Text>
        <Button onClick={close} data-autofocus>
          {say('closeNow')}
        </Button>
      </Group>
    </Stack>
  )
}
