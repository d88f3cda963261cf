import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { Field } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';

/** Does something that the server may want the password for once more, and does it again after that. */
type Prove = <Done>(act: () => Promise<Done>) => Promise<Done>;

const Context = createContext<Prove>(act => act());

/**
 * `await prove(() => send(…))`. What protects a login is changed by who knows its password: some minutes
 * after the sign-in the server asks for it again. On pages where it never does, nobody is asked.
 * @throws Problem REAUTHENTICATE from `prove` when the person does not give it
 */
export const useProof = (): Prove => useContext(Context);

const wantsProof = (error: unknown): error is Problem =>
  error instanceof Problem && error.code === 'REAUTHENTICATE';

interface Asking {
  readonly answer: (isProven: boolean) => void;
}

export function ProofProvider({ children }: { children: ReactNode }) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const prove = useCallback<Prove>(async act => {
    try {
      return await act();
    } catch (error) {
      if (!wantsProof(error)) throw error;
      const isProven = await new Promise<boolean>(answer => setAsking({ answer }));
      setAsking(null);
      if (!isProven) throw error;
      return await act();
    }
  }, []);
  return (
    <Context value={prove}>
      {children}
      <ModalOverlay
        className="veil"
        isOpen={asking !== null}
        onOpenChange={isOpen => !isOpen && asking?.answer(false)}
      >
        <Modal className="dialog">
          <Dialog>{asking && <AskPassword answer={asking.answer} />}</Dialog>
        </Modal>
      </ModalOverlay>
    </Context>
  );
}

function AskPassword({ answer }: Asking) {
  const { t } = useTranslation(['security', 'frame']);
  const confirm = async ({ current: password }: { current: string }) => {
    await send('POST', '/api/v1/session/confirm', { body: { password } });
    answer(true);
  };
  return (
    <>
      <Heading slot="title">{t('proof.title')}</Heading>
      <p>{t('proof.lead')}</p>
      <Form
        initial={{ current: '' }}
        onSend={confirm}
        go={t('proof.go')}
        careless
        aside={
          <button type="button" className="button" onClick={() => answer(false)}>
            {t('frame:form.cancel')}
          </button>
        }
      >
        <Field
          name="current"
          type="password"
          label={t('password.current')}
          required
          autoComplete="current-password"
          maxLength={200}
        />
      </Form>
    </>
  );
}
