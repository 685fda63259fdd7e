import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import classes from './ResizablePanel.module.css';
import { mostIn, panelWidth, within } from './use-panel-width.ts';

type Props = {
  label: string;
  width: number;
  onWidth: (width: number) => void;
  children: ReactNode;
};

const step = 16;
const wideStep = 64;

/** A panel at the right whose left edge can be dragged, or moved by the arrow keys. Home and a double click reset it. */
export function ResizablePanel({ label, width: wanted, onWidth, children }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  const most = useMost(panel);
  const [drag, setDrag] = useState<{ from: number; width: number; now: number } | null>(null);
  const width = within(drag?.now ?? wanted, most);
  const reset = (): void => onWidth(panelWidth.usual);

  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.shiftKey ? wideStep : step;
    if (event.key === 'ArrowLeft') onWidth(within(width + by, most));
    else if (event.key === 'ArrowRight') onWidth(within(width - by, most));
    else if (event.key === 'Home') reset();
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ from: event.clientX, width, now: width });
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (drag) setDrag({ ...drag, now: within(drag.width + drag.from - event.clientX, most) });
  };
  /** A press that moved nothing is half of a double click. */
  const onPointerEnd = (): void => {
    if (drag && drag.now !== drag.width) onWidth(drag.now);
    setDrag(null);
  };

  return (
    <div
      ref={panel}
      className={classes.panel}
      // The style of a component has no name for variables of one's own.
      style={{ '--panel-width': `${width}px` } as Record<string, string>}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a line of text has no handle */}
      <div
        className={classes.edge}
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={width}
        aria-valuemin={panelWidth.least}
        aria-valuemax={most}
        aria-valuetext={`${width} pixels`}
        tabIndex={0}
        title="Drag to resize; a double click resets it"
        data-dragged={drag !== null || undefined}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerEnd}
        onPointerCancel={() => setDrag(null)}
        onDoubleClick={reset}
      />
      {children}
    </div>
  );
}

/** How wide the panel may be beside the canvas before it, whenever the window or the palette leave it more or less. */
function useMost(panel: React.RefObject<HTMLDivElement | null>): number {
  const [most, setMost] = useState<number>(panelWidth.most);
  useLayoutEffect(() => {
    const own = panel.current;
    const canvas = own?.previousElementSibling;
    if (!own || !(canvas instanceof HTMLElement)) return;
    const measure = (): void => setMost(mostIn(own.offsetWidth + canvas.offsetWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(canvas);
    return () => observer.disconnect();
  }, [panel]);
  return most;
}
