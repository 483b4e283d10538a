import { useState } from 'react'
import { useWords } from '../language.tsx'
import * as evidence from './api.ts'
import { words } from './words.ts'

/** The grey, blurred preview. The page blurs it once more, whatever the server sends. */
export function Preview({ exhibit, kind }: { readonly exhibit: string; readonly kind: string }) {
  const say = useWords(words)
  const [isGone, setGone] = useState(false)
  if (isGone) return <div className="preview preview-none">{say('noPreview')}</div>
  return (
    <div className="preview">
      <img
        src={evidence.previewPath(exhibit)}
        alt={say('preview', { kind })}
        loading="lazy"
        draggable={false}
        onError={() => setGone(true)}
      />
    </div>
  )
}
