import { useState } from 'preact/hooks'
import { fingerprintsMax } from '../api.ts'
import { Announcement } from '../controls.tsx'
import type { Fault } from '@jikimi/shared/unfit.ts'
import type { ChosenFile, FileState } from '../fingerprint/queue.ts'
import { useWords } from '../language.ts'
import type { QuestionProps } from './report-page.tsx'
import { words } from './words.ts'

const faultWord: Record<Fault, keyof (typeof words)['ko']> = {
  unreadable: 'faultUnreadable',
  noCodec: 'faultNoCodec',
  tooLong: 'faultTooLong',
  tooLarge: 'faultTooLarge',
  stalled: 'faultStalled',
  notLoaded: 'faultNotLoaded',
}

export const isOver = (file: ChosenFile) => file.state.at === 'done' || file.state.at === 'failed'

/** Files are read where they lie; the page shows names and progress, never a picture. */
export function FilesQuestion({ writing: { files, queue } }: QuestionProps) {
  const word = useWords(words)
  const [tooMany, setTooMany] = useState(0)
  const choose = (event: preact.TargetedEvent<HTMLInputElement>) => {
    const input = event.currentTarget
    setTooMany(queue.add(input.files ?? []))
    input.value = ''
  }
  return (
    <>
      <p id="hint" class="hint">
        {word('filesHint')}
      </p>
      <div class="choose-files">
        <input
          id="files"
          type="file"
          multiple
          accept="image/*,video/*"
          aria-describedby="hint"
          onChange={choose}
        />
        <label for="files">{word('filesChoose')}</label>
      </div>
      {tooMany > 0 && (
        <p class="note" role="alert">
          {word('filesMany', { max: fingerprintsMax, count: tooMany })}
        </p>
      )}
      {files.length === 0 ? (
        <p class="hint">{word('filesNone')}</p>
      ) : (
        <>
          <h2 id="chosen-files">{word('filesList')}</h2>
          <p class="hint">{word('filesStays')}</p>
          <ul class="files" aria-labelledby="chosen-files">
            {files.map(file => (
              <FileRow key={file.id} file={file} remove={() => queue.remove(file.id)} />
            ))}
          </ul>
        </>
      )}
      <Announcement isShown={files.length > 1}>
        {files.length > 0 &&
          word('filesProgress', { total: files.length, done: files.filter(isOver).length })}
      </Announcement>
    </>
  )
}

function FileRow({ file, remove }: { readonly file: ChosenFile; readonly remove: () => void }) {
  const word = useWords(words)
  const { state } = file
  return (
    <li class={`file-${state.at}`}>
      <div class="file-name">{file.name}</div>
      <button
        type="button"
        class="plain"
        aria-label={word('fileRemoveNamed', { name: file.name })}
        onClick={remove}
      >
        {word('fileRemove')}
      </button>
      {state.at === 'working' && <progress aria-label={file.name} value={state.share} max={1} />}
      <p class="file-state">{stateWord(word, state)}</p>
    </li>
  )
}

function stateWord(
  word: (key: keyof (typeof words)['ko'], values?: Record<string, number>) => string,
  state: FileState,
): string {
  if (state.at === 'waiting') return word('fileWaiting')
  if (state.at === 'working') return word('fileWorking', { percent: Math.floor(state.share * 100) })
  if (state.at === 'failed') return word(faultWord[state.fault])
  return word(state.isWeak ? 'fileWeak' : 'fileDone')
}
