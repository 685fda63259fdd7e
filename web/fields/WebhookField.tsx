import { Button, TextInput } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useRenewWebhook, useWebhook } from '../api/use-webhook.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { TimeAgo } from '../ui/TimeAgo.tsx';
import classes from './WebhookField.module.css';

type Props = {
  label: string;
  description?: string | undefined;
  error?: string | undefined;
  value: string;
  onChange: (path: string) => void;
};

/** Where another system calls, the secret that it signs with, and where its body names the record. */
export function WebhookField({ label, description, error, value, onChange }: Props) {
  const { id = '' } = useParams({ strict: false });
  const webhook = useWebhook(id);
  const renewal = useRenewWebhook(id);
  const [isAsking, setIsAsking] = useState(false);
  const hasSecret = webhook.data?.hasSecret ?? false;
  const renew = (): void => renewal.mutate(undefined, { onSuccess: () => setIsAsking(false) });

  return (
    <div className={classes.webhook}>
      <div className={classes.call}>
        {webhook.data && (
          <div>
            <span className={classes.label}>Address</span>
            <div className={classes.line}>
              <code className={classes.text}>{webhook.data.url}</code>
              <CopyButton text={webhook.data.url} what="the address" />
            </div>
            <p className={classes.quiet}>
              {hasSecret ? (
                <>
                  Last call: <TimeAgo at={webhook.data.lastCallAt} otherwise="none yet" />. The secret is from{' '}
                  {webhook.data.createdBy}, <TimeAgo at={webhook.data.createdAt} />.
                </>
              ) : (
                'It takes no call before it has a secret.'
              )}
            </p>
          </div>
        )}
        {renewal.data && (
          <div role="status">
            <span className={classes.label}>Secret, shown this once</span>
            <div className={classes.line}>
              <code className={classes.text}>{renewal.data.secret}</code>
              <CopyButton text={renewal.data.secret} what="the secret" />
            </div>
          </div>
        )}
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          loading={renewal.isPending}
          onClick={() => (hasSecret ? setIsAsking(true) : renew())}
        >
          {hasSecret ? 'Make another secret…' : 'Make a secret'}
        </Button>
        {renewal.error && !isAsking && <p className={classes.quiet}>{renewal.error.message}</p>}
      </div>
      <TextInput
        label={label}
        description={description}
        error={error}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {isAsking && (
        <ConfirmDialog
          title="Make another secret"
          action="Make another secret"
          isPending={renewal.isPending}
          error={renewal.error}
          onConfirm={renew}
          onClose={() => setIsAsking(false)}
        >
          Whoever signs with the secret of now gets no further, at once.
        </ConfirmDialog>
      )}
    </div>
  );
}
