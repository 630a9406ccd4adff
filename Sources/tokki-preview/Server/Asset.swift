/// A file of the page, which is part of the program: nothing is read from the disk.
struct Asset: Equatable {
  /// The closed table of what /assets/ has: a new file in Page has its line here.
  private static let files: [String: [UInt8]] = [
    "api.js": PackageResources.api_js,
    "app.js": PackageResources.app_js,
    "banners.js": PackageResources.banners_js,
    "base.css": PackageResources.base_css,
    "broken.js": PackageResources.broken_js,
    "control-choice.js": PackageResources.control_choice_js,
    "control-date.js": PackageResources.control_date_js,
    "control-text.js": PackageResources.control_text_js,
    "control.js": PackageResources.control_js,
    "coverage.js": PackageResources.coverage_js,
    "dates.js": PackageResources.dates_js,
    "dialogs.js": PackageResources.dialogs_js,
    "doc-list.js": PackageResources.doc_list_js,
    "documents.js": PackageResources.documents_js,
    "dom.js": PackageResources.dom_js,
    "drops.js": PackageResources.drops_js,
    "emitter.js": PackageResources.emitter_js,
    "fields.js": PackageResources.fields_js,
    "files.js": PackageResources.files_js,
    "form-jump.js": PackageResources.form_jump_js,
    "form-list.js": PackageResources.form_list_js,
    "form-row.js": PackageResources.form_row_js,
    "form-summary.js": PackageResources.form_summary_js,
    "form.css": PackageResources.form_css,
    "form.js": PackageResources.form_js,
    "gaps.js": PackageResources.gaps_js,
    "gone.js": PackageResources.gone_js,
    "header.js": PackageResources.header_js,
    "icon.svg": PackageResources.icon_svg,
    "law.js": PackageResources.law_js,
    "list-batch.js": PackageResources.list_batch_js,
    "list-columns.js": PackageResources.list_columns_js,
    "list-common.js": PackageResources.list_common_js,
    "list-corrections.js": PackageResources.list_corrections_js,
    "list-editor.js": PackageResources.list_editor_js,
    "list-files.js": PackageResources.list_files_js,
    "list-filter.js": PackageResources.list_filter_js,
    "list-grid-keys.js": PackageResources.list_grid_keys_js,
    "list-grid-paint.js": PackageResources.list_grid_paint_js,
    "list-grid-rows.js": PackageResources.list_grid_rows_js,
    "list-grid.js": PackageResources.list_grid_js,
    "list-head.js": PackageResources.list_head_js,
    "list-header-fix.js": PackageResources.list_header_fix_js,
    "list-keys.js": PackageResources.list_keys_js,
    "list-moves.js": PackageResources.list_moves_js,
    "list-note.js": PackageResources.list_note_js,
    "list-notices.js": PackageResources.list_notices_js,
    "list-paper.js": PackageResources.list_paper_js,
    "list-rows.js": PackageResources.list_rows_js,
    "list-side.js": PackageResources.list_side_js,
    "list-slices.js": PackageResources.list_slices_js,
    "list-start.js": PackageResources.list_start_js,
    "list-steps.js": PackageResources.list_steps_js,
    "list-text.js": PackageResources.list_text_js,
    "list-upload.js": PackageResources.list_upload_js,
    "list-view.js": PackageResources.list_view_js,
    "list.css": PackageResources.list_css,
    "list.js": PackageResources.list_js,
    "live.js": PackageResources.live_js,
    "memory.js": PackageResources.memory_js,
    "missing.js": PackageResources.missing_js,
    "packet.css": PackageResources.packet_css,
    "panes.js": PackageResources.panes_js,
    "paper-frame.js": PackageResources.paper_frame_js,
    "paper-look.js": PackageResources.paper_look_js,
    "paper-marks.js": PackageResources.paper_marks_js,
    "paper-sheet.js": PackageResources.paper_sheet_js,
    "paper-zoom.js": PackageResources.paper_zoom_js,
    "paper.js": PackageResources.paper_js,
    "print.js": PackageResources.print_js,
    "router.js": PackageResources.router_js,
    "shell.css": PackageResources.shell_css,
    "states.js": PackageResources.states_js,
    "store.js": PackageResources.store_js,
    "templates.js": PackageResources.templates_js,
    "views.css": PackageResources.views_css,
    "words.js": PackageResources.words_js,
  ]

  private let bytes: [UInt8]
  private let type: Reply.MediaType

  init?(_ name: String) {
    guard let bytes = Self.files[name], let ending = name.split(separator: ".").last,
      let type = Reply.MediaType(ending: ending)
    else { return nil }
    self.bytes = bytes
    self.type = type
  }

  var reply: Reply { Reply(type: type, body: .bytes(bytes)) }
}

extension Reply.MediaType {
  fileprivate init?(ending: Substring) {
    switch ending {
    case "css": self = .css
    case "js": self = .javaScript
    case "svg": self = .svg
    case "png": self = .png
    case _: return nil
    }
  }
}
