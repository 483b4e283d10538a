import { useState } from 'preact/hooks'
import { Announcement } from './controls.tsx'
import { useWords } from './language.ts'
import { words } from './report/words.ts'

const groupsOf = (receipt: string) => receipt.match(/.{1,4}/g) ?? []

/** The digits, large, with two ways to keep them: both leave the digits alone, no word of what they are. */
export function ReceiptNumber({ receipt }: { readonly receipt: string }) {
  const word = useWords(words)
  return (
    <>
      <p class="receipt">
        <span class="unseen">{word('receiptLabel')}: </span>
        {groupsOf(receipt).map((group, i) => (
          <span key={i}>{group} </span>
        ))}
      </p>
      <Keeping text={groupsOf(receipt).join(' ')} />
    </>
  )
}

function Keeping({ text }: { readonly text: string }) {
  const word = useWords(words)
  const [told, setTold] = useState<'copied' | 'notCopied' | undefined>()
  const copy = () =>
    (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => setTold('copied'),
      () => setTold('notCopied'),
    )
  const save = () => {
    const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `${word('receiptName')}.txt`
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <>
      <div class="keeping">
        <button type="button" class="second" onClick={() => void copy()}>
          {word('copy')}
        </button>
        <button type="button" class="second" aria-describedby="save-hint" onClick={save}>
          {word('save')}
        </button>
      </div>
      <p id="save-hint" class="hint">
        {word('saveHint')}
      </p>
      <Announcement isShown={told !== undefined}>{told && word(told)}</Announcement>
    </>
  )
}
