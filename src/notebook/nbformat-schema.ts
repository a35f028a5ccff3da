/**
 * The JSON schema of notebooks, written from the specification nbformat 4.5 (https://nbformat.readthedocs.io/en/latest/format_description.html): the
 * same objects, required keys and forbidden extra keys.
 */
export const notebookSchema: Readonly<Record<string, unknown>> = {
  type: "object",
  additionalProperties: false,
  required: ["metadata", "nbformat_minor", "nbformat", "cells"],
  properties: {
    metadata: {
      type: "object",
      additionalProperties: true,
      properties: {
        kernelspec: {
          type: "object",
          required: ["name", "display_name"],
          properties: { name: { type: "string" }, display_name: { type: "string" } },
        },
        language_info: {
          type: "object",
          required: ["name"],
          properties: {
            name: { type: "string" },
            codemirror_mode: { anyOf: [{ type: "string" }, { type: "object" }] },
            file_extension: { type: "string" },
            mimetype: { type: "string" },
            pygments_lexer: { type: "string" },
          },
        },
        orig_nbformat: { type: "integer", minimum: 1 },
        title: { type: "string" },
        authors: { type: "array", items: { type: "object" } },
      },
    },
    nbformat_minor: { type: "integer", minimum: 5 },
    nbformat: { type: "integer", minimum: 4, maximum: 4 },
    cells: {
      type: "array",
      items: {
        type: "object",
        required: ["cell_type"],
        discriminator: { propertyName: "cell_type" },
        oneOf: [
          { $ref: "#/definitions/raw_cell" },
          { $ref: "#/definitions/markdown_cell" },
          { $ref: "#/definitions/code_cell" },
        ],
      },
    },
  },
  definitions: {
    cell_id: { type: "string", pattern: "^[a-zA-Z0-9-_]+$", minLength: 1, maxLength: 64 },
    multiline_string: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
    metadata_name: { type: "string", pattern: "^.+$" },
    metadata_tags: { type: "array", uniqueItems: true, items: { type: "string", pattern: "^[^,]+$" } },
    attachments: { type: "object", additionalProperties: { $ref: "#/definitions/mimebundle" } },
    mimebundle: {
      type: "object",
      additionalProperties: { $ref: "#/definitions/multiline_string" },
      // Values of a JSON type are any JSON.
      patternProperties: {
        "^(?!application/json$)[a-zA-Z0-9]+/[a-zA-Z0-9\\-\\+\\.]*$": {},
        "^application/(.*\\+)?json$": {},
      },
    },
    raw_cell: {
      type: "object",
      additionalProperties: false,
      required: ["id", "cell_type", "metadata", "source"],
      properties: {
        id: { $ref: "#/definitions/cell_id" },
        cell_type: { const: "raw" },
        metadata: {
          type: "object",
          additionalProperties: true,
          properties: {
            format: { type: "string" },
            jupyter: { type: "object" },
            name: { $ref: "#/definitions/metadata_name" },
            tags: { $ref: "#/definitions/metadata_tags" },
          },
        },
        attachments: { $ref: "#/definitions/attachments" },
        source: { $ref: "#/definitions/multiline_string" },
      },
    },
    markdown_cell: {
      type: "object",
      additionalProperties: false,
      required: ["id", "cell_type", "metadata", "source"],
      properties: {
        id: { $ref: "#/definitions/cell_id" },
        cell_type: { const: "markdown" },
        metadata: {
          type: "object",
          additionalProperties: true,
          properties: {
            name: { $ref: "#/definitions/metadata_name" },
            tags: { $ref: "#/definitions/metadata_tags" },
            jupyter: { type: "object" },
          },
        },
        attachments: { $ref: "#/definitions/attachments" },
        source: { $ref: "#/definitions/multiline_string" },
      },
    },
    code_cell: {
      type: "object",
      additionalProperties: false,
      required: ["id", "cell_type", "metadata", "source", "outputs", "execution_count"],
      properties: {
        id: { $ref: "#/definitions/cell_id" },
        cell_type: { const: "code" },
        metadata: {
          type: "object",
          additionalProperties: true,
          properties: {
            jupyter: {
              type: "object",
              additionalProperties: true,
              properties: { source_hidden: { type: "boolean" }, outputs_hidden: { type: "boolean" } },
            },
            execution: { type: "object", additionalProperties: true },
            collapsed: { type: "boolean" },
            scrolled: { enum: [true, false, "auto"] },
            name: { $ref: "#/definitions/metadata_name" },
            tags: { $ref: "#/definitions/metadata_tags" },
          },
        },
        source: { $ref: "#/definitions/multiline_string" },
        outputs: { type: "array", items: { $ref: "#/definitions/output" } },
        execution_count: { type: ["integer", "null"], minimum: 0 },
      },
    },
    output: {
      type: "object",
      required: ["output_type"],
      discriminator: { propertyName: "output_type" },
      oneOf: ["execute_result", "display_data", "stream", "error"].map((name) => ({ $ref: `#/definitions/${name}` })),
    },
    execute_result: {
      type: "object",
      additionalProperties: false,
      required: ["output_type", "data", "metadata", "execution_count"],
      properties: {
        output_type: { const: "execute_result" },
        execution_count: { type: ["integer", "null"], minimum: 0 },
        data: { $ref: "#/definitions/mimebundle" },
        metadata: { type: "object" },
      },
    },
    display_data: {
      type: "object",
      additionalProperties: false,
      required: ["output_type", "data", "metadata"],
      properties: {
        output_type: { const: "display_data" },
        data: { $ref: "#/definitions/mimebundle" },
        metadata: { type: "object" },
      },
    },
    stream: {
      type: "object",
      additionalProperties: false,
      required: ["output_type", "name", "text"],
      properties: {
        output_type: { const: "stream" },
        name: { type: "string" },
        text: { $ref: "#/definitions/multiline_string" },
      },
    },
    error: {
      type: "object",
      additionalProperties: false,
      required: ["output_type", "ename", "evalue", "traceback"],
      properties: {
        output_type: { const: "error" },
        ename: { type: "string" },
        evalue: { type: "string" },
        traceback: { type: "array", items: { type: "string" } },
      },
    },
  },
};
