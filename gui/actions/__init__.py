"""Every action as data: what menus, toolbar, palette and shortcut page show."""
