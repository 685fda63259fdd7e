import { Group, Text } from '@mantine/core';
import type { VendorFileView } from '#contract';
import { Mono } from '../../ui/Mono.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import classes from './VendorFile.module.css';

/** One file: what it defines, since when, and every place that is wrong in it. */
export function VendorFile({ file }: { file: VendorFileView }) {
  const isUsed = file.state === 'used';
  return (
    <section className={classes.file} aria-label={file.file}>
      <Group gap="sm" wrap="wrap">
        <Mono>{file.file}</Mono>
        <StatusBadge status={isUsed ? 'succeeded' : 'failed'} word={isUsed ? 'Used' : 'Refused'} />
        <Text size="sm" c="dimmed">
          {isUsed ? (
            <>
              {file.title}, as it is since <TimeAgo at={file.usedSince} otherwise="now" />
            </>
          ) : (
            'Nothing of it counts. What was read of it before goes on.'
          )}
        </Text>
      </Group>
      {file.findings.length > 0 && (
        <ul className={classes.findings}>
          {file.findings.map(({ place, message }) => (
            <li key={`${place} ${message}`}>
              {place !== '' && (
                <>
                  <Mono>{place}</Mono>:{' '}
                </>
              )}
              {message}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
