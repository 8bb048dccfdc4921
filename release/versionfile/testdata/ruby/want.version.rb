# frozen_string_literal: true

module Pot
  LID_VERSION = "1.2.3"
  # VERSION = "1.2.3"
  VERSION = "2.0.0-rc.1"
end
