/**
 * The Typst program that lays a report out. It is the same for every report: all that differs comes as data, from
 * `report.json`, so that nothing a header or a person wrote is ever read as markup.
 *
 * Faces: Source Sans 3. What is set apart by colour is set apart by a sign or a word too.
 */
export const reportTemplate = `
#let report = json("report.json")
#let labels = report.labels

#let ink = rgb("#17212b")
#let muted = rgb("#55636f")
#let hairline = rgb("#cfd8df")
#let accent = rgb("#0b4f71")
#let tones = (
  neutral: (fill: rgb("#f4f6f8"), ink: rgb("#55636f"), sign: "○"),
  information: (fill: rgb("#eef5f9"), ink: rgb("#0b4f71"), sign: "●"),
  warning: (fill: rgb("#fdf3e6"), ink: rgb("#9a4d00"), sign: "▲"),
  undetermined: (fill: rgb("#f4f1f8"), ink: rgb("#5b3f8c"), sign: "?"),
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
    set par(justify: false, leading: .5em)
    table(
      columns: it.columns.map(column => if column.weight == none { auto } else { column.weight * 1fr }),
      align: it.columns.map(column => if column.isNumeric { right } else { left }),
      inset: (x: 5pt, y: 3.6pt),
      stroke: (_, y) => (bottom: if y == 0 { .8pt + ink } else { .4pt + hairline }),
      table.header(..it.columns.map(column => text(weight: 600, hyphenate: false, column.title))),
      ..it.rows.map(row => row.enumerate().map(((at, cell)) => {
        if at == 0 and it.hasRowHeaders { strong(line-of(cell)) } else { line-of(cell) }
      })).flatten()
    )
  },
)

#let pairs-block(it) = block(spacing: 9pt, grid(
  columns: (auto, 1fr),
  column-gutter: 14pt,
  row-gutter: 5.5pt,
  ..it.pairs.map(pair => (text(fill: muted, pair.name), line-of(pair.value))).flatten()
))

#let picture(it, width: 72mm) = block(width: width, breakable: false, spacing: 11pt, {
  image(it.path, width: 100%, alt: it.alternative)
  v(3pt, weak: true)
  text(size: 8.5pt, fill: muted, line-of(it.caption))
})

#let pictures-block(it) = {
  let across = calc.clamp(it.pictures.len(), 2, 3)
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
  align(center, image(it.path, width: 100%, alt: it.alternative))
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
  grid(
    columns: (1fr, 42%),
    column-gutter: 12pt,
    text(weight: 600, size: 10pt, it.title),
    align(right, text(weight: 600, size: 9pt, fill: tone.ink, [#tone.sign~#line-of(it.outcome)])),
  )
  par(line-of(it.statement))
  if it.lines.len() > 0 { list(..it.lines.map(line-of)) }
  par(text(size: 8pt, fill: muted, line-of(it.source)))
})

#let notice(it) = toned(it, tone => grid(
  columns: (auto, 1fr),
  column-gutter: 7pt,
  text(fill: tone.ink, weight: 600, tone.sign),
  { set par(spacing: 4pt); for line in it.lines { par(line-of(line)) } },
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
#set text(font: "Source Sans 3", size: 9.5pt, fill: ink, lang: report.language, fallback: false)
#set par(leading: .56em, spacing: .75em)
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
    grid(columns: (1fr, auto), column-gutter: 12pt, line-of(report.footer), report.mark)
  },
)
#show title: set text(size: 19pt, weight: 600, fill: accent)
#show title: set block(below: 11pt)
#show heading: set text(hyphenate: false)
#show heading.where(level: 1): it => block(sticky: true, above: 17pt, below: 8pt, width: 100%, {
  text(size: 12.5pt, weight: 600, fill: accent, it.body)
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
#block(width: 100%, fill: tones.neutral.fill, inset: 10pt, radius: 2pt, {
  set par(spacing: 3pt)
  grid(
    columns: (1fr,) * 3,
    column-gutter: 14pt,
    row-gutter: 8pt,
    ..report.header.enumerate().map(((at, pair)) => grid.cell(colspan: if at == 0 { 2 } else { 1 }, {
      text(size: 7.5pt, fill: muted, pair.name)
      linebreak()
      text(weight: 600, line-of(pair.value))
    }))
  )
})
#for section in report.sections {
  heading(section.title)
  for it in section.blocks { (blocks.at(it.kind))(it) }
}
#block(breakable: false, above: 22pt, width: 100%, {
  set text(size: 8.5pt, fill: muted)
  grid(
    columns: (1.4fr, .8fr, 1.4fr),
    column-gutter: 16pt,
    ..report.signature.map(name => { name; v(22pt); std.line(length: 100%, stroke: .5pt + muted) })
  )
})
`;
