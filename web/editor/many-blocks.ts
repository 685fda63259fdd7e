/** From here on a canvas draws only what is in sight; below it, Tab goes through all blocks. */
export const manyBlocks = 150;
