import { PlannedAnswer } from '#domain/planned-answer';
import type { TemplateHelper } from './template-helper.ts';
import { helperByName } from './template-helpers.ts';
import { isTooLong, labelOf, readTurn, readVariable, toPath } from './template-path.ts';
import type { Evaluate, Expression, Rendering } from './template-run.ts';

/** What the parts of one template share while they are built. */
export interface Building {
  readonly literals: readonly string[];
  /** Written path of each variable used. */
  readonly variables: Set<string>;
  /** Counts a node of the syntax tree; refuses when there are too many. */
  readonly count: (node: hbs.AST.Node) => void;
  readonly refuse: (node: hbs.AST.Node, reason: string) => never;
}

type CallNode = hbs.AST.MustacheStatement | hbs.AST.SubExpression;

const turnValues: Record<string, (rendering: Rendering) => unknown> = {
  index: ({ turn }) => turn?.index,
  key: ({ turn }) => turn?.key,
  first: ({ turn }) => turn?.index === 0,
  last: ({ turn }) => turn?.isLast,
};

/** Builds what stands in a tag: a path, a literal, or the call of a function. `loops` counts enclosing `each`. */
export function buildExpression(node: hbs.AST.Node, loops: number, building: Building): Expression {
  // A tag without arguments is counted once, as the path or literal within it.
  if (node.type !== 'MustacheStatement') building.count(node);
  switch (node.type) {
    case 'MustacheStatement':
    case 'SubExpression':
      return buildCall(node as CallNode, loops, building);
    case 'PathExpression':
      return buildPath(node as hbs.AST.PathExpression, loops, building);
    case 'StringLiteral': {
      const text = building.literals[Number((node as hbs.AST.StringLiteral).value)] ?? '';
      return constant(text, JSON.stringify(text));
    }
    case 'NumberLiteral':
    case 'BooleanLiteral': {
      const value = (node as hbs.AST.NumberLiteral | hbs.AST.BooleanLiteral).value;
      return constant(value, String(value));
    }
    default:
      building.refuse(node, 'this is not supported. Use a name, a text in quotes, a number, true or false.');
  }
}

function buildCall(node: CallNode, loops: number, building: Building): Expression {
  if (node.hash !== undefined) building.refuse(node, 'named arguments (name=value) are not supported.');
  const isCall = node.params.length > 0 || node.type === 'SubExpression';
  if (!isCall) return buildExpression(node.path, loops, building);

  const helper = findHelper(node, building);
  const values = node.params.map((param) => buildExpression(param, loops, building));
  if (values.length < helper.minArguments || values.length > helper.maxArguments) {
    building.refuse(node, `the function "${helper.name}" is written like ${helper.example}.`);
  }
  const evaluate = call(
    helper,
    values.map((value) => value.evaluate),
  );
  const isUrlEncode = helper.name === 'urlencode';
  return {
    evaluate,
    label: values[0]?.label ?? helper.name,
    beforeUrlEncode: isUrlEncode ? values[0]?.evaluate : undefined,
  };
}

function call(helper: TemplateHelper, values: readonly Evaluate[]): Evaluate {
  return (rendering) => {
    const known = values.map((evaluate) => evaluate(rendering));
    return known.find(isPlanned) ?? helper.run(known, rendering);
  };
}

/** Whatever is made of an answer that a dry run does not have is not known either. */
const isPlanned = (value: unknown): boolean => value instanceof PlannedAnswer;

function findHelper(node: CallNode, building: Building): TemplateHelper {
  const path = node.path as hbs.AST.PathExpression;
  const isName = path.type === 'PathExpression' && path.parts.length === 1 && path.depth === 0 && !path.data;
  const helper = isName ? helperByName.get(path.original) : undefined;
  if (helper !== undefined) return helper;
  const known = [...helperByName.keys()].join(', ');
  building.refuse(node, `there is no function "${String(path.original)}". Known are: ${known}.`);
}

function buildPath(node: hbs.AST.PathExpression, loops: number, building: Building): Expression {
  if (node.data) return buildTurnValue(node, loops, building);
  if (node.depth > loops) building.refuse(node, `"${node.original}" leads outside. Take one ../ away.`);
  const path = toPath(node.parts);
  if (isTooLong(path)) building.refuse(node, 'a path has at most 32 parts.');
  if (node.depth < loops) {
    return { evaluate: readTurn(path, node.depth), label: labelOf(path), beforeUrlEncode: undefined };
  }
  return buildVariable(node, node.parts, building);
}

function buildTurnValue(node: hbs.AST.PathExpression, loops: number, building: Building): Expression {
  const [name = '', ...rest] = node.parts;
  if (name === 'root' && node.depth === 0) return buildVariable(node, rest, building);
  const evaluate = Object.hasOwn(turnValues, name) ? turnValues[name] : undefined;
  if (evaluate === undefined || rest.length > 0 || node.depth > 0) {
    building.refuse(
      node,
      `"${node.original}" is not known. There are @index, @key, @first, @last and @root.`,
    );
  }
  if (loops === 0) building.refuse(node, `"${node.original}" only has a value inside {{#each}}.`);
  return { evaluate, label: node.original, beforeUrlEncode: undefined };
}

function buildVariable(
  node: hbs.AST.PathExpression,
  parts: readonly string[],
  building: Building,
): Expression {
  const path = toPath(parts);
  const root = parts[0];
  if (root === undefined)
    building.refuse(node, `"${node.original}" alone has no value here. Name a variable.`);
  if (root === '*') building.refuse(node, 'a path must start with a name.');
  const label = labelOf(path);
  building.variables.add(label);
  return { evaluate: readVariable(path), label, beforeUrlEncode: undefined };
}

function constant(value: unknown, label: string): Expression {
  return { evaluate: () => value, label, beforeUrlEncode: undefined };
}
