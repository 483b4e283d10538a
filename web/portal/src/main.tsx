/**
 * The portal: one page, one address, nothing stored.
 *
 * @module
 */
import { render } from 'preact'
import { App } from './app.tsx'
import { listenForEscape, onLeave, startAnewWhenRevived } from './leave.ts'

history.replaceState(null, '', '/')
listenForEscape()
startAnewWhenRevived()

const page = document.querySelector('#page')!
render(<App browserLanguages={navigator.languages} />, page)
onLeave(() => render(null, page))

// The device's own font serves until then; who saves data keeps it.
const { connection } = navigator as { connection?: { saveData?: boolean } }
if (connection?.saveData !== true) void import('@jikimi/shared/fonts.css')
