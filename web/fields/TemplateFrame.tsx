import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import classes from './TemplateFrame.module.css';
import { tokensOf } from './template-tokens.ts';

type Props = {
  value: string;
  known: ReadonlySet<string>;
  input: RefObject<HTMLInputElement | HTMLTextAreaElement | null>;
  children: ReactNode;
};

/**
 * Colours a template behind the input that it is typed into. The input stays the browser's own, with its labels, undo,
 * keyboards of phones and screen readers; its letters are transparent, and those behind it are read by nobody.
 */
export function TemplateFrame({ value, known, input, children }: Props) {
  const backdrop = useRef<HTMLDivElement>(null);
  const tokens = useMemo(() => tokensOf(value, known), [value, known]);

  useLayoutEffect(() => {
    const [from, to] = [input.current, backdrop.current];
    if (!from || !to) return;
    const place = (): void => {
      const style = getComputedStyle(from);
      to.style.padding = style.padding;
      to.style.borderWidth = style.borderWidth;
      to.style.lineHeight = from instanceof HTMLInputElement ? `${from.clientHeight}px` : style.lineHeight;
      to.style.width = `${from.offsetWidth}px`;
      to.style.height = `${from.offsetHeight}px`;
      follow();
    };
    const follow = (): void => {
      to.scrollLeft = from.scrollLeft;
      to.scrollTop = from.scrollTop;
    };
    const sizes = new ResizeObserver(place);
    sizes.observe(from);
    from.addEventListener('scroll', follow);
    place();
    return () => {
      sizes.disconnect();
      from.removeEventListener('scroll', follow);
    };
  }, [input]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed may have scrolled the input
  useLayoutEffect(() => {
    if (backdrop.current && input.current) backdrop.current.scrollLeft = input.current.scrollLeft;
  }, [value, input]);

  return (
    <div className={classes.frame}>
      <div ref={backdrop} className={classes.backdrop} aria-hidden>
        {tokens.map((token) => (
          <span key={token.at} data-kind={token.kind}>
            {token.text}
          </span>
        ))}
        {'\u200b'}
      </div>
      {children}
    </div>
  );
}
