/**
 * The Typst program that lays a report out. It is the same for every report: all that differs comes as data, from
 * `report.json`, so that nothing a header or a person wrote is ever read as markup.
 *
 * Faces: Source Sans 3. What is set apart by colour is set apart by a sign or a word too.
 */
export const reportTemplate = `
#let report = json("report.json")
#let labels = report.labels
// What a patient reads is set as large as a book.
#let is-patient-page = report.id.starts-with("patient-page")
#let body-size = if is-patient-page { 12pt } else { 9.75pt }

// The colours of the HTML page.
#let ink = rgb("#1b2430")
#let muted = rgb("#4d5866")
#let hairline = rgb("#d5dbe2")
#let tint = rgb("#f4f6f8")
#let accent = rgb("#0b4f79")
#let tones = (
  neutral: (fill: tint, ink: muted, sign: "–"),
  information: (fill: rgb("#eef5fa"), ink: accent, sign: "✓"),
  warning: (fill: rgb("#fff5ea"), ink: rgb("#8a3b00"), sign: "!"),
  undetermined: (fill: tint, ink: muted, sign: "?"),
)
#let sign-of(tone) = box(
  width: 9pt, height: 9pt, radius: 50%, stroke: .8pt + tone.ink, baseline: 18%,
  align(center + horizon, text(size: 6.5pt, weight: 600, fill: tone.ink, top-edge: "bounds", bottom-edge: "bounds", tone.sign)),
)

// A line is a list of pieces; a piece is a text and how it is set.
#let piece(part) = {
  if part.style == "strong" { strong(part.text) }
  else if part.style == "code" { text(size: .9em, number-width: "tabular", part.text) }
  else if part.style == "link" { link(part.url, text(fill: accent, part.text)) }
  else { text(part.text) }
}
#let line-of(parts) = parts.map(piece).join()

#let paragraph(it) = par(line-of(it.line))

#let bullets(it) = list(..it.lines.map(line-of))

#let subheading(it) = heading(level: 2, it.title)

#let table-block(it) = figure(
  kind: table,
  caption: it.caption,
  {
    set text(size: 8.5pt, number-width: "tabular")
    set par(leading: .5em)
    set table.cell(breakable: false)
    table(
      columns: it.columns.map(column => if column.weight == none { auto } else { column.weight * 1fr }),
      align: it.columns.map(column => if column.isNumeric { right } else { left }),
      inset: (x: 5pt, y: 3.6pt),
      stroke: (_, y) => (bottom: if y == 0 { .8pt + ink } else { .4pt + hairline }),
      table.header(..it.columns.map(column => text(weight: 600, hyphenate: false, column.title))),
      ..it.rows.map(row => row.map(line-of)).flatten()
    )
  },
)

// Short values stand under their names, three abreast; long ones beside them.
#let pairs-block(it) = block(spacing: 9pt, breakable: not it.isShort, if it.isShort {
  grid(
    columns: (1fr,) * 3,
    column-gutter: 14pt,
    row-gutter: 7pt,
    ..it.pairs.map(pair => stack(spacing: 4pt, text(size: 8pt, fill: muted, pair.name), line-of(pair.value)))
  )
} else {
  grid(
    columns: (auto, 1fr),
    column-gutter: 14pt,
    row-gutter: 5.5pt,
    ..it.pairs.map(pair => (text(fill: muted, pair.name), line-of(pair.value))).flatten()
  )
})

// What was measured: the first number large, the others beside it.
#let totals(it) = {
  let (first, ..others) = it.pairs
  block(spacing: 11pt, grid(
    columns: (auto, 1fr),
    column-gutter: 26pt,
    align: horizon,
    stack(
      spacing: 6pt,
      text(size: 8pt, fill: muted, first.name),
      text(size: 23pt, weight: 600, fill: accent, line-of(first.value)),
    ),
    grid(
      columns: (1fr,) * 3,
      column-gutter: 12pt,
      row-gutter: 8pt,
      ..others.map(pair => stack(
        spacing: 4pt, text(size: 8pt, fill: muted, pair.name), text(size: 11pt, line-of(pair.value)),
      ))
    ),
  ))
}

#let picture(it, width: 72mm) = block(width: width, breakable: false, spacing: 11pt, {
  image(it.path, width: 100%, alt: it.alternative)
  v(3pt, weak: true)
  text(size: 8.5pt, fill: muted, line-of(it.caption))
})

#let pictures-block(it) = {
  let across = calc.clamp(it.pictures.len(), 3, 4)
  block(spacing: 11pt, grid(
    columns: (1fr,) * across,
    column-gutter: 10pt,
    row-gutter: 12pt,
    ..it.pictures.map(each => picture(each, width: 100%))
  ))
}

#let chart(it) = block(width: 100%, breakable: false, spacing: 13pt, {
  text(weight: 600, size: 9pt, it.title)
  v(4pt, weak: true)
  image(it.path, width: 86%, alt: it.alternative)
})

#let toned(it, body) = {
  let tone = tones.at(it.tone)
  block(
    width: 100%,
    breakable: false,
    fill: tone.fill,
    stroke: (left: 2.5pt + tone.ink),
    inset: (left: 11pt, right: 10pt, y: 8pt),
    spacing: 8pt,
    { set par(spacing: 5pt); body(tone) },
  )
}

#let card(it) = toned(it, tone => {
  let name = text(weight: 600, size: 10pt, it.title)
  let outcome = text(weight: 600, size: 9pt, fill: tone.ink, { sign-of(tone); h(3pt); line-of(it.outcome) })
  if it.isBrief {
    grid(columns: (1fr, auto), column-gutter: 12pt, align: horizon, name, outcome)
  } else { name; parbreak(); outcome; parbreak() }
  par(line-of(it.statement))
  if it.lines.len() > 0 { list(..it.lines.map(line-of)) }
  block(above: 7pt, { set par(leading: .5em); text(size: 8pt, fill: muted, line-of(it.source)) })
})

#let notice(it) = toned(it, tone => grid(
  columns: (auto, 1fr),
  column-gutter: 7pt,
  sign-of(tone),
  {
    let (first, ..others) = it.lines
    par(line-of(first))
    if others.len() > 0 { list(..others.map(line-of)) }
  },
))

#let blocks = (
  paragraph: paragraph,
  list: bullets,
  subheading: subheading,
  table: table-block,
  pairs: pairs-block,
  picture: picture,
  pictures: pictures-block,
  chart: chart,
  card: card,
  notice: notice,
)

#set document(title: report.title, date: datetime(..report.createdAt), keywords: report.keywords)
#set text(font: "Source Sans 3", size: body-size, fill: ink, lang: report.language, fallback: false)
#set par(leading: if is-patient-page { .65em } else { .56em }, spacing: if is-patient-page { 1em } else { .75em })
#set strong(delta: 200)
#set list(indent: 1pt, body-indent: 6pt, spacing: .55em, marker: text(fill: muted, "•"))
#set page(
  paper: "a4",
  margin: (top: 25mm, bottom: 23mm, x: 20mm),
  header-ascent: 40%,
  footer-descent: 35%,
  header: context {
    set text(size: 8pt, fill: muted)
    let at = counter(page).get().first()
    let pages = counter(page).final().first()
    grid(
      columns: (1fr, auto),
      column-gutter: 12pt,
      if at == 1 { text(weight: 600, fill: accent, tracking: .6pt, "ETALON") } else { line-of(report.runningHead) },
      [#labels.page #at / #pages],
    )
    if at > 1 { v(-4pt); std.line(length: 100%, stroke: .4pt + hairline) }
  },
  footer: {
    set text(size: 8pt, fill: muted)
    std.line(length: 100%, stroke: .4pt + hairline)
    v(-4pt)
    line-of(report.footer)
  },
)
#show title: set text(size: 19pt, weight: 600, fill: accent)
#show title: set block(below: 11pt)
#show heading: set text(hyphenate: false)
#show heading.where(level: 1): it => block(sticky: true, above: 17pt, below: 8pt, width: 100%, {
  text(size: if is-patient-page { 14pt } else { 12.5pt }, weight: 600, fill: accent, it.body)
  v(4pt, weak: true)
  std.line(length: 100%, stroke: .8pt + accent)
})
#show heading.where(level: 2): it => block(
  sticky: true, above: 11pt, below: 6pt, text(size: 10.5pt, weight: 600, it.body),
)
#show figure: set block(breakable: true, spacing: 11pt)
#show figure: set align(left)
#show figure.where(kind: table): set figure.caption(position: top)
#set figure(gap: 5pt, numbering: none)
#show figure.caption: it => block(sticky: true, width: 100%, align(left, text(weight: 600, size: 9pt, it.body)))

#title()
#block(width: 100%, fill: tint, inset: 10pt, radius: 2pt, {
  set par(spacing: 3pt)
  grid(
    columns: (1fr,) * 3,
    column-gutter: 14pt,
    row-gutter: 8pt,
    ..report.header.enumerate().map(((at, pair)) => grid.cell(colspan: if at == 0 { 2 } else { 1 }, {
      text(size: 8pt, fill: muted, pair.name)
      linebreak()
      text(weight: 600, size: if at == 0 { 11.5pt } else { 9.75pt }, line-of(pair.value))
    }))
  )
})
// What a paragraph before it introduces: the two stay on one page.
#let introduced = ("table", "picture", "pictures", "chart", "card", "subheading")

// Where a reader signs: under the conclusion, before what published guidance says.
#let signature = block(breakable: false, above: 18pt, below: 22pt, width: 100%, {
  set text(size: 8.5pt, fill: muted)
  grid(
    columns: (1.4fr, .8fr, 1.4fr),
    column-gutter: 16pt,
    ..labels.signature.map(name => { name; v(24pt); std.line(length: 100%, stroke: .5pt + muted) })
  )
})

#for section in report.sections {
  let is-conclusion = section.id == "conclusion"
  heading(section.title)
  let body = for (at, it) in section.blocks.enumerate() {
    let next = section.blocks.at(at + 1, default: none)
    if it.kind == "pairs" and (is-patient-page or section.id == "results" and at == 0) { totals(it) }
    else if it.kind == "paragraph" and next != none and next.kind in introduced {
      block(sticky: true, spacing: .75em, paragraph(it))
    } else { (blocks.at(it.kind))(it) }
  }
  if is-conclusion {
    block(width: 100%, fill: rgb("#f3f8fb"), stroke: .6pt + accent, inset: 10pt, radius: 2pt, { set text(size: 10.5pt); body })
    if labels.signature.len() > 0 { signature }
  } else { body }
}
`;
