// Records in the page: their lines, the places of their values, and the text under the pointer. It is the first part of
// the page's one script, a module; view.js is the rest.

// A text that is longer says nothing about what is in it.
const MOST_AROUND = 1500;

class Record {
  constructor(article) {
    this.article = article;
    this.source = article.querySelector(".source");
    this.fields = article.querySelector(".fields");
    this.lines = [...article.querySelectorAll(".line")];
    this.lineIndex = new Map(this.lines.map((line, index) => [line, index]));
    this.starts = [];
    let start = 0;
    for (const line of this.lines) {
      this.starts.push(start);
      start += line.textContent.length + 1;
    }
    this.values = [...this.fields.querySelectorAll("[data-at]")].map((element) => {
      const places = element.dataset.at.split(" ").map((place) => place.split(/[:-]/).map(Number));
      const stretches = places.map(([line, column, last, end]) => [
        this.starts[line] + column, this.starts[last] + end,
      ]);
      const size = stretches.reduce((sum, [first, end]) => sum + end - first, 0);
      element.tabIndex = -1;
      return { element, places, stretches, size };
    });
    this.byElement = new Map(this.values.map((value) => [value.element, value]));
    this.bySource = [...this.values].sort((a, b) => a.stretches[0][0] - b.stretches[0][0] || b.size - a.size);
    if (this.values.length) this.values[0].element.tabIndex = 0;
  }

  // The values that were read from an offset, the smallest first.
  at(offset) {
    return this.values
      .filter((value) => value.stretches.some(([start, end]) => start <= offset && offset < end))
      .sort((a, b) => a.size - b.size);
  }

  // What was read into values, as few ranges.
  read() {
    const ranges = [];
    let [end, range] = [0, null];
    const places = this.values.flatMap((value) => value.places.map((place, index) => [value.stretches[index], place]));
    for (const [[from, to], place] of places.sort((a, b) => a[0][0] - b[0][0])) {
      if (range && from <= end) {
        if (to > end) range.setEnd(...point(this.lines[place[2]], place[3]));
      } else {
        range = new Range();
        range.setStart(...point(this.lines[place[0]], place[1]));
        range.setEnd(...point(this.lines[place[2]], place[3]));
        ranges.push(range);
      }
      end = Math.max(end, to);
    }
    return ranges;
  }

  // The next larger values around another one: a criterion around its quantity.
  around(value) {
    const [start, end] = value.stretches[0];
    const larger = this.values.filter((other) => other.size > value.size && other.size <= MOST_AROUND
      && other.stretches.some(([first, last]) => first <= start && end <= last));
    const least = Math.min(...larger.map((other) => other.size));
    return larger.filter((other) => other.size === least);
  }

  same(value) {
    return this.values.filter((other) => other.element.dataset.at === value.element.dataset.at);
  }

  ranges(value) {
    return value.places.map(([line, column, last, end]) => {
      const range = new Range();
      range.setStart(...point(this.lines[line], column));
      range.setEnd(...point(this.lines[last], end));
      return range;
    });
  }

  linesOf(value) {
    return value.places.flatMap(([line, , last]) => this.lines.slice(line, last + 1));
  }

  // The offset of the character under the pointer, or -1.
  offsetUnder(x, y) {
    const [node, within] = caret(x, y);
    const line = node && (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".line");
    if (!line || !this.lineIndex.has(line)) return -1;
    const before = new Range();
    before.setStart(line, 0);
    before.setEnd(node, within);
    return this.starts[this.lineIndex.get(line)] + before.toString().length;
  }
}

// The text node and the offset in it for a column of a line, both in UTF-16 units.
function point(line, column) {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let left = column;
  let node = null;
  while (walker.nextNode()) {
    node = walker.currentNode;
    if (left <= node.length) return [node, left];
    left -= node.length;
  }
  return node ? [node, node.length] : [line, 0];
}

function caret(x, y) {
  if (document.caretPositionFromPoint) {
    const position = document.caretPositionFromPoint(x, y);
    return position ? [position.offsetNode, position.offset] : [null, 0];
  }
  const range = document.caretRangeFromPoint ? document.caretRangeFromPoint(x, y) : null;
  return range ? [range.startContainer, range.startOffset] : [null, 0];
}
