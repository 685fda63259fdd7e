import { BlockIcon } from './BlockIcon.tsx';
import { useCatalogue } from './catalogue.ts';
import { useDraft, useEditor } from './editor-world.ts';
import { apiSettingsOf } from './harm.ts';
import classes from './PickList.module.css';
import { PickList } from './PickList.tsx';
import { summaryOf } from './summary.ts';

/** Finds a block, note or group on the canvas by its name or by what it does, and goes there. */
export function FindBlock({ onClose }: { onClose: () => void }) {
  const { actions } = useEditor();
  const catalogue = useCatalogue();
  const graph = useDraft((state) => state.graph);
  const pane = document.querySelector('.react-flow')?.getBoundingClientRect();

  const find = (search: string) => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const goTo = (id: string) => () => {
      onClose();
      // The list gives the focus back when it closes; the block is to have it after that.
      setTimeout(() => actions.goTo(id));
    };
    const blocks = graph.blocks.map((block) => {
      const type = catalogue.blockTypes.get(block.type);
      const settings = apiSettingsOf(block);
      const vendor = settings?.presetId ? catalogue.vendors.get(settings.vendorId)?.title : undefined;
      const summary = summaryOf(block, catalogue).text;
      return {
        key: block.id,
        text: `${block.name} ${type?.title ?? block.type} ${summary}`,
        row: (
          <>
            <BlockIcon type={block.type} group={type?.group ?? 'logic'} vendorTitle={vendor} size={26} />
            <span className={classes.words}>
              {block.name}
              <span className={classes.summary}>{summary}</span>
            </span>
          </>
        ),
        onPick: goTo(block.id),
      };
    });
    const marks = [
      ...(graph.groups ?? []).map(({ id, title }) => ({ id, kind: 'Group', text: title })),
      ...(graph.notes ?? []).map(({ id, text }) => ({ id, kind: 'Note', text })),
    ].map(({ id, kind, text }) => ({
      key: id,
      text: `${kind} ${text}`,
      row: (
        <span className={classes.words}>
          {text.split('\n')[0] || kind}
          <span className={classes.summary}>{kind}</span>
        </span>
      ),
      onPick: goTo(id),
    }));
    return [...blocks, ...marks].filter(({ text }) =>
      words.every((word) => text.toLowerCase().includes(word)),
    );
  };
  return (
    <PickList
      at={{ x: pane ? pane.x + pane.width / 2 : 0, y: (pane?.y ?? 0) + 12 }}
      label="Find a block on the canvas"
      find={find}
      nothing="No block on this canvas is called that or does that."
      onClose={onClose}
    />
  );
}
