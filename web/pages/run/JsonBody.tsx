import { useState } from 'react';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { type JsonPath, JsonTree } from '../../ui/JsonTree.tsx';
import classes from './JsonBody.module.css';
import { copyTexts, type PathRoot } from './json-copy.ts';
import parts from './parts.module.css';

type Props = {
  value: unknown;
  /** How templates call it; `account` and `request` are no variables, so their paths stand without braces. */
  root: PathRoot;
  /** What is copied as a whole, as in *Copy the body*. */
  what: string;
};

type Picked = { path: JsonPath; value: unknown };

/** A body to look into: a tree whose values and paths can be copied, or plain text where it is no JSON. */
export function JsonBody({ value, root, what }: Props) {
  const [picked, setPicked] = useState<Picked | null>(null);
  const isTree = typeof value === 'object' && value !== null;
  const whole = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
  const texts = picked && copyTexts(picked.path, picked.value, root);

  return (
    <div className={classes.body}>
      <div className={classes.whole}>
        <CopyButton text={whole} what={what} />
      </div>
      {isTree ? (
        <JsonTree
          value={value}
          pickWord="Choose"
          onPick={(path, chosen) => setPicked({ path, value: chosen })}
        />
      ) : (
        <pre className={parts.text}>{whole}</pre>
      )}
      {texts && (
        <dl className={classes.picked} aria-live="polite">
          <div>
            <dt>Path</dt>
            <dd>
              <span>{texts.path}</span>
              <CopyButton text={texts.path} what="the path" />
            </dd>
          </div>
          <div>
            <dt>Value</dt>
            <dd>
              <span>{texts.shown}</span>
              <CopyButton text={texts.value} what="the value" />
            </dd>
          </div>
        </dl>
      )}
    </div>
  );
}
