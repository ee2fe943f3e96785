/** What is laid over the page: a question before something is lost, and short notices. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { common } from '../common.lang';

interface Question {
  title: string;
  loses: string;
  action: string;
  answer: (yes: boolean) => void;
}

interface Notice {
  id: number;
  text: string;
  tone: 'ok' | 'bad';
}

let show: (question: Question) => void = () => {};
let notify: (notice: Notice) => void = () => {};
let count = 0;

/** Asks once, saying what will be lost; true if the person goes on. */
export function ask(title: string, loses: string, action: string): Promise<boolean> {
  return new Promise((answer) => show({ title, loses, action, answer }));
}

/** Shows a notice for some seconds; a bad one until it is closed. */
export function toast(text: string, tone: 'ok' | 'bad' = 'ok') {
  notify({ id: count++, text, tone });
}

export function Dialogs() {
  const [question, setQuestion] = useState<Question>();
  const [notices, setNotices] = useState<Notice[]>([]);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    show = setQuestion;
    notify = (notice) => {
      setNotices((before) => [...before.slice(-3), notice]);
      if (notice.tone === 'ok') setTimeout(() => drop(notice.id), 5_000);
    };
  }, []);
  useEffect(() => {
    if (question) dialog.current?.showModal();
  }, [question]);
  const drop = (id: number) => setNotices((before) => before.filter((notice) => notice.id !== id));
  const answer = (yes: boolean) => {
    dialog.current?.close();
    question?.answer(yes);
    setQuestion(undefined);
  };
  return (
    <>
      <dialog
        ref={dialog}
        class="dialog"
        aria-labelledby="question"
        onCancel={(event) => {
          event.preventDefault();
          answer(false);
        }}
      >
        {question && (
          <>
            <h2 id="question">{question.title}</h2>
            <p>{question.loses}</p>
            <div class="row end">
              <button type="button" class="button" onClick={() => answer(false)}>
                {common().cancel}
              </button>
              <button type="button" class="button danger" onClick={() => answer(true)}>
                {question.action}
              </button>
            </div>
          </>
        )}
      </dialog>
      <div class="toasts" role="status" aria-live="polite">
        {notices.map((notice) => (
          <div key={notice.id} class={`toast ${notice.tone}`}>
            <p>{notice.text}</p>
            <button type="button" class="button quiet" onClick={() => drop(notice.id)}>
              {common().close}
            </button>
          </div>
        ))}
      </div>
    </>
  );
}
