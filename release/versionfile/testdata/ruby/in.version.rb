# frozen_string_literal: true

module Pot
  LID_VERSION = "1.2.3"
  # VERSION = "1.2.3"
  VERSION = "1.2.3"
end
