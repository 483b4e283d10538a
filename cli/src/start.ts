import { fork } from 'node:child_process'
import type { Command } from 'commander'
import { readsKorean } from './ending.ts'
import { endAs, nodeProgram, serverMain } from './server-process.ts'

const words = {
  en: {
    database: 'Opening the database',
    migrations: 'Bringing the tables up to date',
    keys: 'Opening the keys',
    rooms: 'Getting the rooms ready',
    listening: 'Listening',
    runs: 'Jikimi runs',
    portal: 'Portal ',
    console: 'Console',
    first: 'The first administrator is made under this link. It works once:',
    stop: 'Ctrl-C stops it.',
  },
  ko: {
    database: '데이터베이스를 엽니다',
    migrations: '테이블을 최신으로 맞춥니다',
    keys: '열쇠를 엽니다',
    rooms: '업무 공간을 준비합니다',
    listening: '접속을 기다립니다',
    runs: '지키미가 작동합니다',
    portal: '신고 창구',
    console: '업무 화면',
    first: '첫 관리자 계정은 이 링크에서 만듭니다. 한 번만 쓸 수 있습니다:',
    stop: 'Ctrl-C 로 멈춥니다.',
  },
} as const

export function addStart(program: Command): void {
  program
    .command('start')
    .description('Starts the product. Settings: jikimi config --explain')
    .option('--json', 'print where it listens as one line of JSON')
    .addHelpText(
      'after',
      `
Steps and the log go to the standard error, the addresses to the standard output.

Exit codes: 0 it was stopped; 1 it could not start or failed; 2 a setting is wrong; 128 it was killed.`,
    )
    .action((options: { json?: boolean }) => start(options.json === true))
}

type Said =
  | { readonly step: Exclude<keyof typeof words.en, 'runs' | 'portal' | 'console' | 'first' | 'stop'> }
  | { readonly step: 'ready'; readonly port: number; readonly url: string; readonly firstLink?: string }

/** Runs the server as a child, shows its steps, passes signals on, and ends as it ends. */
function start(isJson: boolean): Promise<void> {
  const began = performance.now()
  const child = fork(serverMain, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execPath: nodeProgram,
    execArgv: [],
    detached: true,
  })
  const said = words[readsKorean() ? 'ko' : 'en']
  child.on('message', (message: Said) => {
    if (message.step !== 'ready') {
      if (!isJson) console.error(`· ${said[message.step] ?? message.step}`)
      return
    }
    const { url, port, firstLink } = message
    if (isJson) console.log(JSON.stringify({ url, port, firstLink: firstLink ?? null }))
    else tellReady(said, url, firstLink, performance.now() - began)
  })
  return endAs(child)
}

function tellReady(
  said: (typeof words)['en' | 'ko'],
  url: string,
  firstLink: string | undefined,
  tookMs: number,
): void {
  console.log(`
${said.runs} (${(tookMs / 1000).toFixed(1)} s).

  ${said.portal}  ${url}/
  ${said.console}  ${url}/console/`)
  if (firstLink !== undefined) console.log(`\n${said.first}\n\n  ${firstLink}`)
  console.log(`\n${said.stop}`)
}
